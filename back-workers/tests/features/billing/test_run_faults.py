"""kill -9 in the middle of a billing run, and two workers at one run: one invoice a subscription and period, whatever happens."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from tests.events.test_event_faults import Victim
from tests.processes import Processes, kill

from tests.resilience.wire import Wire
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]


async def subscribers(processes: Processes, count: int) -> list[str]:
    """Users with a subscription that is due."""
    users = [(await processes.register())[0] for _ in range(count)]
    for user_id in users:
        due = {"next_due_on": "2026-11-01", "started_at": "2026-11-01T12:00:00Z"}
        await processes.call("POST", f"/internal/subscriptions/{user_id}", {"plan": "pro", **due})
    return users


async def start_run(processes: Processes) -> str:
    start = {"period": "2026-11", "due_before": "2026-12-01"}
    return (await processes.call("POST", "/internal/billing-runs", start))["id"]


async def enqueue(processes: Processes, run_id: str, times: int = 1) -> None:
    """As back-api does it."""
    for _ in range(times):
        await processes.send_task("billing.run", run_id)


async def finished(processes: Processes, run_id: str) -> Any:
    run = await processes.call("GET", f"/internal/billing-runs/{run_id}")
    return run if run["state"] in ("succeeded", "failed") else None


async def invoices(processes: Processes, users: list[str]) -> Counter[str]:
    """How many invoices each of the users has."""
    found: Counter[str] = Counter()
    for user_id in users:
        page = await processes.call("GET", f"/internal/invoices?user_id={user_id}")
        found[user_id] = len(page["items"])
    return found


async def test_worker_killed_after_a_chunk_was_written(processes: Processes) -> None:
    users = await subscribers(processes, 35)
    run_id = await start_run(processes)
    victim = Victim()
    path = f"/internal/billing/runs/{run_id}/chunks"
    async with Wire(processes.neighbours.url) as wire:
        sprung = wire.arm(f"POST {path} ".encode(), victim.kill, after=True)
        victim.process = processes.start("worker", BACK_API_URL=wire.url)
        await enqueue(processes, run_id)
        await asyncio.wait_for(sprung.wait(), PATIENCE_SECONDS)
    assert sum((await invoices(processes, users)).values()) == 10
    processes.start("worker")
    processes.start("beat")
    run = await until(lambda: finished(processes, run_id), "the run ends")
    assert (run["state"], run["invoices"], run["total_minor"]) == ("succeeded", 35, {"EUR": 35 * 1200})
    assert await invoices(processes, users) == Counter(dict.fromkeys(users, 1))


async def test_two_workers_and_a_run_that_is_enqueued_often(processes: Processes) -> None:
    users = await subscribers(processes, 35)
    run_id = await start_run(processes)
    await enqueue(processes, run_id, times=6)
    for _ in range(2):
        processes.start("worker")
    run = await until(lambda: finished(processes, run_id), "the run ends")
    assert (run["state"], run["invoices"]) == ("succeeded", 35)
    assert await invoices(processes, users) == Counter(dict.fromkeys(users, 1))


async def test_back_api_away_during_a_run(processes: Processes) -> None:
    users = await subscribers(processes, 12)
    run_id = await start_run(processes)
    worker = processes.start("worker", BACK_API_URL="http://127.0.0.1:1")
    await enqueue(processes, run_id)
    await until(lambda: _running(processes, run_id), "the run has begun")
    kill(worker)
    processes.start("worker")
    processes.start("beat")
    run = await until(lambda: finished(processes, run_id), "the run ends")
    assert run["state"] == "succeeded"
    assert await invoices(processes, users) == Counter(dict.fromkeys(users, 1))


async def _running(processes: Processes, run_id: str) -> bool:
    return (await processes.call("GET", f"/internal/billing-runs/{run_id}"))["state"] == "running"
