from collections.abc import Callable
from datetime import UTC, date, datetime

import httpx
import pytest
from features.billing.domain.runs import RunDomain
from tests.callers import ANN, BOB
from tests.conftest import Peers

from shared.models.base import Page
from shared.models.billing import BillingRun, BillingRunCreate, BillingRunStart
from shared.utils.errors import Invalid
from shared.utils.ids import new_id

Headers = Callable[..., dict[str, str]]
THIS_MONTH = {"period": datetime.now(UTC).strftime("%Y-%m")}


class Runs:
    """`RunStore` and `RunQueue`."""

    def __init__(self) -> None:
        self.announced: list[str] = []

    async def create(self, start: BillingRunStart) -> BillingRun:
        books = {"id": "r1", "task_id": "t1", "state": "pending", "created_at": "2026-11-23T12:00:00Z"}
        return BillingRun.model_validate(start.model_dump() | books)

    async def get(self, run_id: str) -> BillingRun:
        raise NotImplementedError

    async def list_runs(self, *, limit: int, cursor: str | None) -> Page[BillingRun]:
        raise NotImplementedError

    async def announce(self, run_id: str) -> None:
        self.announced.append(run_id)


@pytest.mark.parametrize(("period", "allowed"), [("2026-10", True), ("2026-11", True), ("2026-12", False)])
async def test_a_month_that_has_not_begun_is_not_billed(period: str, allowed: bool) -> None:
    runs = Runs()
    domain = RunDomain(runs, runs, lambda: date(2026, 11, 30))
    if allowed:
        assert (await domain.start(BillingRunCreate(period=period), "ann")).period == period
    else:
        with pytest.raises(Invalid):
            await domain.start(BillingRunCreate(period=period), "ann")
    assert runs.announced == (["r1"] if allowed else [])


async def test_a_run_is_accepted_enqueued_and_can_be_watched(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    boss = as_user(ANN, "billing-admin")
    accepted = await api.post("/api/billing/runs", json=THIS_MONTH, headers=boss)
    run = accepted.json()
    assert (accepted.status_code, accepted.headers["location"]) == (202, f"/api/billing/runs/{run['id']}")
    assert set(run) == {"id", "task_id", "period", "state"}
    assert peers.queue.sent == [("billing.run", run["id"])]
    assert (await api.get(accepted.headers["location"], headers=boss)).json()["requested_by"] == ANN
    assert len((await api.get("/api/billing/runs", headers=boss)).json()["items"]) == 1
    assert (await api.get(f"/api/tasks/{run['task_id']}", headers=boss)).json()["state"] == "pending"
    again = await api.post("/api/billing/runs", json=THIS_MONTH, headers=boss)
    assert (again.status_code, len(peers.queue.sent)) == (409, 1)


async def test_a_run_is_accepted_although_it_cannot_be_enqueued(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    peers.queue.down = True
    accepted = await api.post("/api/billing/runs", json=THIS_MONTH, headers=as_user(ANN, "admin"))
    assert (accepted.status_code, accepted.json()["state"]) == (202, "pending")


@pytest.mark.parametrize("period", ["2099-01", "2026-13", "2026-1", "1999-12", "", None, 202611, "2026-11\x00"])
async def test_a_period_that_cannot_be_billed_is_reported_at_its_field(
    api: httpx.AsyncClient, as_user: Headers, period: object
) -> None:
    answer = await api.post("/api/billing/runs", json={"period": period}, headers=as_user(ANN, "admin"))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "period")


@pytest.mark.parametrize("role", ["user", "support"])
async def test_who_may_not_run_billing_neither_starts_nor_sees_runs(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers, role: str
) -> None:
    caller = as_user(BOB, role)
    assert (await api.post("/api/billing/runs", json=THIS_MONTH, headers=caller)).status_code == 403
    assert (await api.get("/api/billing/runs", headers=caller)).status_code == 403
    assert (await api.get(f"/api/billing/runs/{new_id()}", headers=caller)).status_code == 403
    assert peers.postgres.calls == []
