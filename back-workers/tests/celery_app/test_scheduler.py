"""Beat with replicas: what is due is sent once, also when the one that sends dies, and a missed month is made up for."""

import base64
import json
import time

import pytest
from tests.processes import Processes, kill

from tests.waiting import until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
LEASE = "celery:beat:lease"
LAST_RUNS = "celery:beat:last-runs"
MONTHLY = "bill the month"


async def sent(processes: Processes, task: str) -> int:
    messages = [json.loads(message) for message in await processes.redis.lrange("celery:celery", 0, -1)]
    assert all(json.loads(base64.b64decode(message["body"])) for message in messages)
    return sum(message["headers"]["task"] == task for message in messages)


async def test_a_missed_month_is_sent_once_by_two_replicas(processes: Processes) -> None:
    await processes.redis.hset(LAST_RUNS, MONTHLY, time.time() - 40 * 86400)
    replicas = [processes.start("beat") for _ in range(2)]
    await until(lambda: sent(processes, "billing.start_monthly"), "the missed month is sent")
    await until(lambda: sent(processes, "billing.resume"), "what is sent again and again is sent")
    holder = await processes.redis.get(LEASE)
    kill(next(replica for replica in replicas if f"-{replica.pid}-" in holder))
    before = await sent(processes, "billing.resume")

    async def taken_over() -> bool:
        return await processes.redis.get(LEASE) not in (None, holder)

    await until(taken_over, "the other replica holds the lease")

    async def goes_on() -> bool:
        return await sent(processes, "billing.resume") > before

    await until(goes_on, "the other replica sends")
    assert await sent(processes, "billing.start_monthly") == 1


async def test_the_month_is_started_once_by_the_worker(processes: Processes) -> None:
    period = "2031-01"
    processes.start("worker")
    for _ in range(3):
        await processes.send_task("billing.start_monthly", period)

    async def runs() -> list[str]:
        page = await processes.call("GET", "/internal/billing-runs?limit=100")
        return [run["state"] for run in page["items"] if run["period"] == period]

    async def all_done() -> bool:
        return await processes.redis.llen("celery:celery") == 0 and await runs() == ["succeeded"]

    await until(all_done, "the month is billed")
    assert await runs() == ["succeeded"]


@pytest.mark.parametrize("stored", [str(time.time() + 40 * 86400), "nan", "nonsense"])
async def test_a_time_ahead_of_the_clock_stops_nothing(processes: Processes, stored: str) -> None:
    for name in ("resume billing runs whose worker died", MONTHLY):
        await processes.redis.hset(LAST_RUNS, name, stored)
    processes.start("beat")
    await until(lambda: sent(processes, "billing.resume"), "what lay ahead is sent")
    assert float(await processes.redis.hget(LAST_RUNS, MONTHLY)) <= time.time()
    assert await sent(processes, "billing.start_monthly") == 0
