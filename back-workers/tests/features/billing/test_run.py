"""One attempt at a billing run: chunk by chunk, told to who asked, and quiet when it is somebody else's."""

from typing import Any

import peers as patience
import pytest
from features.billing.run import RunWork
from peers import Peers
from tests.fakes import FakePublisher, FakeService
from tests.samples import USER

from shared.utils.errors import Conflict, Invalid, NotFound, ServiceError, Unavailable

PATH = "/internal/billing-runs/r1"
LEASE, WRITE, FINISH = f"POST {PATH}/lease", f"POST {PATH}/invoices", f"POST {PATH}/finish"
DUE, PRICE = f"GET {PATH}/due", "POST /internal/billing/prices"
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


def subscription(number: int) -> dict[str, Any]:
    return {
        "id": f"s{number:03}",
        "user_id": USER,
        "plan": "pro",
        "interval": "month",
        "currency": "EUR",
        "seats": 1,
        "state": "active",
        "next_due_on": "2026-11-01",
        "started_at": RUN["created_at"],
        "version": 1,
    }


class World:
    """back-postgres with `due` subscriptions, and a back-api that prices them at 12 euros."""

    def __init__(self, due: int) -> None:
        self.invoiced: list[str] = []
        self.subscriptions = [subscription(number) for number in range(due)]
        self.run = dict(RUN)
        self.postgres = FakeService(
            "back-postgres",
            {
                LEASE: lambda _: self.run,
                DUE: self._due,
                WRITE: self._write,
                FINISH: self._finish,
                "GET /internal/tasks/t1": TASK,
            },
        )
        self.api = FakeService("back-api", {PRICE: self.price})
        self.live: Any = FakePublisher()

    async def bill(self) -> None:
        await RunWork(Peers(self.api, self.postgres, self.live), "r1", chunk=2, lease=15).do()

    def _due(self, params: Any) -> Any:
        after = params.get("after", "")
        found = [
            s for s in self.subscriptions if s["id"] > after and (self.run["dry_run"] or s["id"] not in self.invoiced)
        ]
        return {"items": found[: int(params["limit"])]}

    def price(self, body: Any) -> Any:
        line = {"description": "Pro", "quantity": 1, "unit_amount_minor": 1200, "amount_minor": 1200}
        keep = ("user_id", "plan", "currency")
        drafts = [
            {key: s[key] for key in keep}
            | {
                "subscription_id": s["id"],
                "period": body["period"],
                "amount_minor": 1200,
                "lines": [line],
                "next_due_on": "2026-12-01",
            }
            for s in body["subscriptions"]
        ]
        return {"items": drafts}

    def _write(self, body: Any) -> Any:
        new = [draft["subscription_id"] for draft in body["invoices"]]
        self.invoiced += new
        self.run |= {"processed": len(self.invoiced), "invoices": len(self.invoiced)}
        return self.run

    def _finish(self, body: Any) -> Any:
        self.run |= {"state": "failed" if body.get("error") else "succeeded", "error": body.get("error")}
        return self.run


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LONGEST_PAUSE_SECONDS", 0.01)


async def test_all_that_is_due_is_billed_in_chunks() -> None:
    world = World(5)
    await world.bill()
    assert world.invoiced == ["s000", "s001", "s002", "s003", "s004"]
    assert [len(batch["invoices"]) for batch in world.postgres.made(WRITE)] == [2, 2, 1]
    assert world.run["state"] == "succeeded"


async def test_who_asked_is_told_as_it_goes_on() -> None:
    world = World(3)
    await world.bill()
    assert [user_id for user_id, _ in world.live.published] == [USER] * 4
    assert {message.type for _, message in world.live.published} == {"task.progress"}


async def test_progress_that_cannot_be_told_stops_nothing() -> None:
    world = World(3)
    world.live.error = Unavailable(dependency="back-redis")
    await world.bill()
    assert world.run["state"] == "succeeded"


async def test_a_run_that_the_schedule_started_is_told_to_nobody() -> None:
    world = World(1)
    world.run["requested_by"] = None
    await world.bill()
    assert (world.run["state"], world.live.published) == ("succeeded", [])


@pytest.mark.parametrize("refusal", [Conflict("held"), NotFound()])
async def test_a_run_that_is_not_ours_is_left_alone(refusal: Exception) -> None:
    world = World(3)
    world.postgres.replies[LEASE] = refusal
    await world.bill()
    assert [call for call, _ in world.postgres.calls] == [LEASE]


async def test_a_lost_lease_ends_the_attempt_quietly() -> None:
    world = World(3)
    world.postgres.replies[WRITE] = Conflict("another worker holds it")
    await world.bill()
    assert world.postgres.made(FINISH) == []


async def test_a_peer_that_is_away_is_waited_for() -> None:
    world, failures = World(3), [Unavailable(dependency="back-api")] * 3

    def price(body: Any) -> Any:
        return failures.pop() if failures else world.price(body)

    world.api.replies[PRICE] = price
    await world.bill()
    assert (world.run["state"], len(world.invoiced)) == ("succeeded", 3)


async def test_a_mistake_fails_the_run_and_says_why() -> None:
    world = World(3)
    world.api.replies[PRICE] = Invalid("There is no such plan.")
    await world.bill()
    assert (world.run["state"], world.run["error"]) == ("failed", "There is no such plan.")


async def test_a_dry_run_looks_at_each_once() -> None:
    world = World(5)
    world.run["dry_run"] = True
    await world.bill()
    assert (len(world.invoiced), world.run["state"]) == (5, "succeeded")


async def test_nothing_due_is_a_finished_run() -> None:
    world = World(0)
    await world.bill()
    assert (world.api.calls, world.run["state"]) == ([], "succeeded")


@pytest.mark.parametrize("error", [Invalid("There is no such plan."), ServiceError()])
async def test_a_subscription_that_cannot_be_priced_holds_up_no_other(error: Exception) -> None:
    world = World(7)

    def price(body: Any) -> Any:
        return error if "s003" in [s["id"] for s in body["subscriptions"]] else world.price(body)

    world.api.replies[PRICE] = price
    await world.bill()
    assert world.invoiced == ["s000", "s001", "s002", "s004", "s005", "s006"]
    assert world.run["state"] == "failed"
    assert "1 of the subscriptions could not be billed; all others are. Look into s003" in world.run["error"]


async def test_a_peer_that_fails_for_every_subscription_fails_the_run_soon() -> None:
    world = World(200)
    world.api.replies[PRICE] = ServiceError()
    await world.bill()
    assert (world.run["state"], world.invoiced) == ("failed", [])
    assert len(world.api.calls) < 100
