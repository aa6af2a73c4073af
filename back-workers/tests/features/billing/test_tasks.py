"""Billing's tasks: which runs are started and enqueued, and when not. Peers and the queue are fakes."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from features.billing import tasks
from features.billing.tasks import MONTHLY
from peers import Peers
from tests.fakes import FakeService, fake_peers
from tests.features.billing.test_run import RUN

from shared.utils.errors import Conflict, Unavailable

CLAIM = "POST /internal/processed-events"
START = "POST /internal/billing-runs"
EXPIRED = "POST /internal/billing-runs/expired-leases"
DONE = f"PUT /internal/processed-events/{MONTHLY}/2026-11"


class Fakes:
    """back-postgres, and the tasks that were enqueued: name, arguments, seconds until they are dropped."""

    def __init__(self) -> None:
        self.postgres = FakeService("back-postgres", {CLAIM: {"state": "claimed"}, START: RUN, EXPIRED: {"items": []}})
        self.sent: list[Any] = []

    def send_task(self, name: str, *, args: tuple[str, ...], expires: int) -> None:
        self.sent.append((name, args, expires))


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> Fakes:
    known = Fakes()

    def run_with_peers(_: Any, work: Callable[[Peers], Awaitable[Any]]) -> Any:
        async def run() -> Any:
            return await work(fake_peers(back_postgres=known.postgres))

        return asyncio.run(run())

    settings = SimpleNamespace(billing_lease_seconds=15, billing_chunk=7)
    monkeypatch.setattr(tasks, "app", known)
    monkeypatch.setattr(tasks, "run_with_peers", run_with_peers)
    monkeypatch.setattr(tasks, "TaskSettings", SimpleNamespace(load=lambda: settings))
    return known


def test_a_month_is_started_once_and_its_run_enqueued(fakes: Fakes) -> None:
    tasks.start_monthly("2026-11")
    (claimed,) = fakes.postgres.made(CLAIM)
    assert (claimed["consumer"], claimed["event_id"]) == (MONTHLY, "2026-11")
    (start,) = fakes.postgres.made(START)
    assert (start["period"], start["due_before"]) == ("2026-11", "2026-12-01")
    assert [call for call, _ in fakes.postgres.calls][-1] == DONE
    assert fakes.sent == [("billing.run", ("r1",), 60)]


def test_without_a_month_it_is_the_present_one(fakes: Fakes) -> None:
    with time_machine.travel(datetime(2026, 11, 30, 23, 59, tzinfo=UTC), tick=False):
        tasks.start_monthly()
    assert fakes.postgres.made(START)[0]["period"] == "2026-11"


def test_a_month_that_was_started_before_is_left_alone(fakes: Fakes) -> None:
    fakes.postgres.replies[CLAIM] = {"state": "done"}
    tasks.start_monthly("2026-11")
    assert [call for call, _ in fakes.postgres.calls] == [CLAIM]
    assert fakes.sent == []


def test_a_month_that_somebody_started_by_hand_is_done_and_not_enqueued(fakes: Fakes) -> None:
    fakes.postgres.replies[START] = Conflict("There is one.")
    tasks.start_monthly("2026-11")
    assert [call for call, _ in fakes.postgres.calls][-1] == DONE
    assert fakes.sent == []


def test_a_claim_of_a_worker_that_died_is_waited_for(fakes: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def retry(call: Callable[[], Awaitable[Any]], seconds: float = 0) -> Any:
        waited.append(seconds)
        return await call()

    monkeypatch.setattr(tasks, "retry_while_unavailable", retry)
    fakes.postgres.replies[CLAIM] = {"state": "in_progress"}
    with pytest.raises(Unavailable):
        tasks.start_monthly("2026-11")
    assert waited == [90.0]
    assert fakes.postgres.made(START) == []


def test_runs_that_nobody_works_on_are_enqueued_again(fakes: Fakes) -> None:
    fakes.postgres.replies[EXPIRED] = {"items": [RUN, {**RUN, "id": "r2"}]}
    tasks.resume()
    assert fakes.sent == [("billing.run", ("r1",), 60), ("billing.run", ("r2",), 60)]


def test_a_run_is_worked_on_with_the_settings_of_its_process(fakes: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []

    class Worker:
        def __init__(self, _: Peers, run_id: str, *, chunk: int, lease: int) -> None:
            made.append((run_id, chunk, lease))

        async def run(self) -> None:
            made.append("ran")

    monkeypatch.setattr(tasks, "BillingRunWorker", Worker)
    tasks.run("r1")
    assert made == [("r1", 7, 15), "ran"]
