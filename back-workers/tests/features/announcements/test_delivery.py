"""One attempt at an announcement: page by page, sent live to those who want it, its mails pending, and no faster than allowed."""

from typing import Any

import peers
import pytest
from features.announcements import delivery as announcement_delivery
from features.announcements.delivery import AnnouncementDelivery
from tests.fakes import FakePublisher, FakeService, fake_peers

from shared.utils.errors import Conflict, Invalid, NotFound, ServiceError, Unavailable

PATH = "/internal/announcements/a1"
LEASE = f"POST {PATH}/lease"
DELIVERED = f"POST {PATH}/delivered"
FINISH = f"POST {PATH}/finish"
STORE = "POST /internal/notifications"
RUNNING: dict[str, Any] = {
    "id": "a1",
    "title": "New plans",
    "body": "For teams.",
    "link": "/app/billing",
    "audience": {},
    "state": "running",
    "recipients": 5,
    "created_at": "2026-11-23T10:00:00Z",
}
QUIET = {"from": "00:00", "to": "23:59"}


def recipient(number: int, **changes: Any) -> dict[str, Any]:
    return {"user_id": f"u{number}", "email": f"u{number}@example.com"} | changes


def choice(live: bool, mail: str) -> dict[str, Any]:
    return {"kinds": [{"kind": "announcement", "live": live, "mail": mail}]}


class Fakes:
    """back-postgres with recipients, which it gives out after the last one that was delivered."""

    def __init__(self, *recipients: dict[str, Any]) -> None:
        self.recipients = recipients
        self.through = ""
        self.postgres = FakeService(
            "back-postgres",
            {LEASE: RUNNING, f"GET {PATH}/recipients": self._next, DELIVERED: self._delivered, FINISH: RUNNING},
        )
        self.cassandra = FakeService("back-cassandra")
        self.live = FakePublisher()

    def _next(self, asked: dict[str, Any]) -> Any:
        left = [each for each in self.recipients if each["user_id"] > self.through]
        return {"items": left[: int(asked["limit"])]}

    def _delivered(self, done: dict[str, Any]) -> Any:
        self.through = done["through"]
        return RUNNING

    async def deliver(self, rate: int = 1_000_000) -> None:
        peers = fake_peers(back_postgres=self.postgres, back_cassandra=self.cassandra, live=self.live)
        await AnnouncementDelivery(peers, "a1", lease=15, rate=rate).run()

    @property
    def mails(self) -> dict[str, dict[str, Any]]:
        return {mail["user_id"]: mail for done in self.postgres.made(DELIVERED) for mail in done["mails"]}


async def test_each_page_is_stored_published_and_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement_delivery, "PAGE", 2)
    fakes = Fakes(*map(recipient, range(5)))
    await fakes.deliver()
    stored = [[item["user_id"] for item in body["items"]] for body in fakes.cassandra.made(STORE)]
    assert stored == [["u0", "u1"], ["u2", "u3"], ["u4"]]
    assert [(done["through"], done["count"]) for done in fakes.postgres.made(DELIVERED)] == [
        ("u1", 2),
        ("u3", 2),
        ("u4", 1),
    ]
    assert [user_id for user_id, _ in fakes.live.published] == ["u0", "u1", "u2", "u3", "u4"]
    assert fakes.live.published[0][1].id == "a1"
    assert len(fakes.postgres.made(FINISH)) == 1


async def test_preferences_and_hours_of_quiet_hold() -> None:
    fakes = Fakes(
        recipient(0),
        recipient(1, **choice(live=False, mail="never")),
        recipient(2, **choice(live=True, mail="at_once")),
        recipient(3, quiet_hours=QUIET, **choice(live=True, mail="at_once")),
    )
    await fakes.deliver()
    assert {user_id: message.data["quiet"] for user_id, message in fakes.live.published} == {
        "u0": False,
        "u2": False,
        "u3": True,
    }
    (body,) = fakes.cassandra.made(STORE)
    assert [item["live"] for item in body["items"]] == [True, False, True, True]
    assert {user_id: bool(mail["digest_day"]) for user_id, mail in fakes.mails.items()} == {
        "u0": True,
        "u2": False,
        "u3": False,
    }
    assert fakes.mails["u3"]["due_at"] > fakes.mails["u2"]["due_at"]


async def test_without_back_redis_it_is_stored_and_goes_on() -> None:
    fakes = Fakes(recipient(0))
    fakes.live.error = Unavailable(dependency="back-redis")
    await fakes.deliver()
    assert (fakes.through, len(fakes.postgres.made(FINISH))) == ("u0", 1)


async def test_without_back_cassandra_nothing_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers.retry_while_unavailable, "__defaults__", (0.0,))
    fakes = Fakes(recipient(0))
    fakes.cassandra.replies[STORE] = Unavailable(dependency="cassandra")
    await fakes.deliver()
    assert (fakes.postgres.made(DELIVERED), fakes.postgres.made(FINISH), fakes.live.published) == ([], [], [])


@pytest.mark.parametrize("refusal", [Conflict("Another worker holds it."), NotFound("There is none.")])
async def test_one_that_is_somebody_else_s_is_left_alone(refusal: Exception) -> None:
    fakes = Fakes(recipient(0))
    fakes.postgres.replies[LEASE] = refusal
    await fakes.deliver()
    assert (fakes.cassandra.calls, fakes.postgres.made(FINISH)) == ([], [])


async def test_one_that_cannot_be_delivered_fails_with_the_reason() -> None:
    fakes = Fakes(recipient(0))
    fakes.cassandra.replies[STORE] = Invalid("A value does not fit.")
    await fakes.deliver()
    assert [body["error"] for body in fakes.postgres.made(FINISH)] == ["A value does not fit."]


async def test_it_is_no_faster_than_its_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)  # other zeros are those of the stand-ins

    monkeypatch.setattr(announcement_delivery.asyncio, "sleep", pause)
    fakes = Fakes(*map(recipient, range(5)))
    await fakes.deliver(rate=1)
    assert [4 < seconds <= 5 for seconds in pauses if seconds] == [True]


@pytest.mark.parametrize("sick", ["u2", "u4"])
@pytest.mark.parametrize("error", [Invalid("A value does not fit."), ServiceError()])
async def test_a_recipient_who_cannot_be_notified_delays_no_other(sick: str, error: Exception) -> None:
    fakes = Fakes(*map(recipient, range(5)))
    fakes.cassandra.replies[STORE] = lambda body: error if sick in [item["user_id"] for item in body["items"]] else None
    await fakes.deliver()
    assert [user_id for user_id, _ in fakes.live.published] == [f"u{n}" for n in range(5) if f"u{n}" != sick]
    assert fakes.through == "u4"
    assert [body["error"] for body in fakes.postgres.made(FINISH)] == [
        "1 of the recipients could not be told; all others are."
    ]
