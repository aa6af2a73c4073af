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


async def subscribers(world: Processes, count: int) -> list[str]:
    """Users with a subscription that is due."""
    users = [(await world.register())[0] for _ in range(count)]
    for user_id in users:
        due = {"next_due_on": "2026-11-01", "started_at": "2026-11-01T12:00:00Z"}
        await world.call("POST", f"/internal/subscriptions/{user_id}", {"plan": "pro", **due})
    return users


async def start_run(world: Processes) -> str:
    start = {"period": "2026-11", "due_before": "2026-12-01"}
    return (await world.call("POST", "/internal/billing-runs", start))["id"]


async def enqueue(world: Processes, run_id: str, times: int = 1) -> None:
    """As back-api does it."""
    for _ in range(times):
        await world.send_task("billing.run", run_id)


async def finished(world: Processes, run_id: str) -> Any:
    run = await world.call("GET", f"/internal/billing-runs/{run_id}")
    return run if run["state"] in ("succeeded", "failed") else None


async def invoices(world: Processes, users: list[str]) -> Counter[str]:
    """How many invoices each of the users has."""
    found: Counter[str] = Counter()
    for user_id in users:
        page = await world.call("GET", f"/internal/invoices?user_id={user_id}")
        found[user_id] = len(page["items"])
    return found


async def test_worker_killed_after_a_chunk_was_written(world: Processes) -> None:
    users = await subscribers(world, 35)
    run_id = await start_run(world)
    victim = Victim()
    path = f"/internal/billing/runs/{run_id}/chunks"
    async with Wire(world.neighbours.url) as wire:
        sprung = wire.arm(f"POST {path} ".encode(), victim.kill, after=True)
        victim.process = world.start("worker", BACK_API_URL=wire.url)
        await enqueue(world, run_id)
        await asyncio.wait_for(sprung.wait(), PATIENCE_SECONDS)
    assert sum((await invoices(world, users)).values()) == 10
    world.start("worker")
    world.start("beat")
    run = await until(lambda: finished(world, run_id), "the run ends")
    assert (run["state"], run["invoices"], run["total_minor"]) == ("succeeded", 35, {"EUR": 35 * 1200})
    assert await invoices(world, users) == Counter(dict.fromkeys(users, 1))


async def test_two_workers_and_a_run_that_is_enqueued_often(world: Processes) -> None:
    users = await subscribers(world, 35)
    run_id = await start_run(world)
    await enqueue(world, run_id, times=6)
    for _ in range(2):
        world.start("worker")
    run = await until(lambda: finished(world, run_id), "the run ends")
    assert (run["state"], run["invoices"]) == ("succeeded", 35)
    assert await invoices(world, users) == Counter(dict.fromkeys(users, 1))


async def test_back_api_away_during_a_run(world: Processes) -> None:
    users = await subscribers(world, 12)
    run_id = await start_run(world)
    worker = world.start("worker", BACK_API_URL="http://127.0.0.1:1")
    await enqueue(world, run_id)
    await until(lambda: _running(world, run_id), "the run has begun")
    kill(worker)
    world.start("worker")
    world.start("beat")
    run = await until(lambda: finished(world, run_id), "the run ends")
    assert run["state"] == "succeeded"
    assert await invoices(world, users) == Counter(dict.fromkeys(users, 1))


async def _running(world: Processes, run_id: str) -> bool:
    return (await world.call("GET", f"/internal/billing-runs/{run_id}"))["state"] == "running"
