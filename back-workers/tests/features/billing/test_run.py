"""One attempt at a billing run: chunk by chunk, reported to who asked, and quiet when it is somebody else's."""

from typing import Any

import peers as patience
import pytest
from features.billing.run import BillingRunWorker
from tests.fakes import FakePublisher, FakeService, fake_peers
from tests.samples import USER

from shared.utils.errors import Conflict, Invalid, NotFound, ServiceError, Unavailable

PATH = "/internal/billing-runs/r1"
LEASE = f"POST {PATH}/lease"
FINISH = f"POST {PATH}/finish"
CHUNK = "POST /internal/billing/runs/r1/chunks"
RUN: dict[str, Any] = {
    "id": "r1",
    "task_id": "t1",
    "period": "2026-11",
    "dry_run": False,
    "state": "running",
    "requested_by": USER,
    "created_at": "2026-11-23T10:00:00Z",
}
TASK = {"id": "t1", "type": "billing-run", "state": "running", "progress": 0.5, "created_at": RUN["created_at"], "updated_at": RUN["created_at"]}  # fmt: skip


class Fakes:
    """back-postgres with the run's books, and a back-api that bills `due` subscriptions; those of `sick` fail."""

    def __init__(self, due: int) -> None:
        self.invoiced: list[str] = []
        self.due = [f"s{number:03}" for number in range(due)]
        self.sick: dict[str, str] = {}
        self.run = dict(RUN)
        self.postgres = FakeService(
            "back-postgres",
            {LEASE: lambda _: self.run, FINISH: self._finish, "GET /internal/tasks/t1": TASK},
        )
        self.api = FakeService("back-api", {CHUNK: self.bill_chunk})
        self.live: Any = FakePublisher()

    async def bill(self) -> None:
        peers = fake_peers(back_api=self.api, back_postgres=self.postgres, live=self.live)
        await BillingRunWorker(peers, "r1", chunk=2, lease=15).run()

    def bill_chunk(self, body: Any) -> Any:
        after = body["after"] or ""
        found = [each for each in self.due if each > after and (self.run["dry_run"] or each not in self.invoiced)]
        chunk = found[: body["limit"]]
        if not chunk:
            return {}
        well = [each for each in chunk if each not in self.sick]
        self.invoiced += well
        self.run |= {"processed": len(self.invoiced), "invoices": len(self.invoiced)}
        failed = [{"subscription_id": each, "detail": self.sick[each]} for each in chunk if each in self.sick]
        return {"run": self.run if well else None, "through": chunk[-1], "failed": failed}

    def _finish(self, body: Any) -> Any:
        self.run |= {"state": "failed" if body.get("error") else "succeeded", "error": body.get("error")}
        return self.run


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LONGEST_PAUSE_SECONDS", 0.01)


async def test_all_that_is_due_is_billed_in_chunks() -> None:
    fakes = Fakes(5)
    await fakes.bill()
    assert fakes.invoiced == ["s000", "s001", "s002", "s003", "s004"]
    assert [(call["after"], call["limit"]) for call in fakes.api.made(CHUNK)][:4] == [
        (None, 2),
        ("s001", 2),
        ("s003", 2),
        ("s004", 2),
    ]
    assert {(call["period"], call["worker"]) for call in fakes.api.made(CHUNK)} == {
        ("2026-11", fakes.postgres.made(LEASE)[0]["worker"])
    }
    assert fakes.run["state"] == "succeeded"


async def test_who_asked_is_notified_of_the_progress() -> None:
    fakes = Fakes(3)
    await fakes.bill()
    assert [user_id for user_id, _ in fakes.live.published] == [USER] * 4
    assert {message.type for _, message in fakes.live.published} == {"task.progress"}


async def test_progress_that_cannot_be_published_stops_nothing() -> None:
    fakes = Fakes(3)
    fakes.live.error = Unavailable(dependency="back-redis")
    await fakes.bill()
    assert fakes.run["state"] == "succeeded"


async def test_a_run_that_the_schedule_started_notifies_nobody() -> None:
    fakes = Fakes(1)
    fakes.run["requested_by"] = None
    await fakes.bill()
    assert (fakes.run["state"], fakes.live.published) == ("succeeded", [])


@pytest.mark.parametrize("refusal", [Conflict("held"), NotFound()])
async def test_a_run_that_is_not_ours_is_left_alone(refusal: Exception) -> None:
    fakes = Fakes(3)
    fakes.postgres.replies[LEASE] = refusal
    await fakes.bill()
    assert [call for call, _ in fakes.postgres.calls] == [LEASE]


async def test_a_lost_lease_ends_the_attempt_quietly() -> None:
    fakes = Fakes(3)
    fakes.api.replies[CHUNK] = Conflict("another worker holds it")
    await fakes.bill()
    assert fakes.postgres.made(FINISH) == []


async def test_a_peer_that_is_away_is_waited_for() -> None:
    fakes = Fakes(3)
    failures = [Unavailable(dependency="back-api")] * 3

    def bill_chunk(body: Any) -> Any:
        return failures.pop() if failures else fakes.bill_chunk(body)

    fakes.api.replies[CHUNK] = bill_chunk
    await fakes.bill()
    assert (fakes.run["state"], len(fakes.invoiced)) == ("succeeded", 3)


async def test_a_mistake_fails_the_run_and_says_why() -> None:
    fakes = Fakes(3)
    fakes.api.replies[CHUNK] = Invalid("There is no such plan.")
    await fakes.bill()
    assert (fakes.run["state"], fakes.run["error"]) == ("failed", "There is no such plan.")


async def test_why_the_first_failed_is_said_when_none_could_be_billed() -> None:
    fakes = Fakes(3)
    fakes.sick = {"s000": "There is no such plan.", "s001": "No seats.", "s002": "No seats."}
    await fakes.bill()
    assert (fakes.run["state"], fakes.run["error"], fakes.invoiced) == ("failed", "There is no such plan.", [])


async def test_a_dry_run_looks_at_each_once() -> None:
    fakes = Fakes(5)
    fakes.run["dry_run"] = True
    await fakes.bill()
    assert (len(fakes.invoiced), fakes.run["state"]) == (5, "succeeded")


async def test_nothing_due_is_a_finished_run() -> None:
    fakes = Fakes(0)
    await fakes.bill()
    assert (len(fakes.api.calls), fakes.run["state"]) == (1, "succeeded")


async def test_a_subscription_that_cannot_be_billed_holds_up_no_other() -> None:
    fakes = Fakes(7)
    fakes.sick = {"s003": "There is no such plan."}
    await fakes.bill()
    assert fakes.invoiced == ["s000", "s001", "s002", "s004", "s005", "s006"]
    assert fakes.run["state"] == "failed"
    assert "1 of the subscriptions could not be billed; all others are. Look into s003" in fakes.run["error"]


async def test_a_failure_of_every_subscription_fails_the_run_soon() -> None:
    fakes = Fakes(200)
    fakes.sick = dict.fromkeys(fakes.due, "back-postgres failed.")
    await fakes.bill()
    assert (fakes.run["state"], fakes.run["error"], fakes.invoiced) == ("failed", "back-postgres failed.", [])
    assert len(fakes.api.calls) == 3


async def test_a_back_api_that_fails_whatever_it_is_asked_fails_the_run_soon() -> None:
    fakes = Fakes(200)
    fakes.api.replies[CHUNK] = ServiceError()
    await fakes.bill()
    assert (fakes.run["state"], fakes.invoiced) == ("failed", [])
    assert fakes.run["error"].startswith("back-api failed.")
    assert len(fakes.api.calls) == 4
