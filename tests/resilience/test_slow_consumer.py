"""A consumer that handles one event where ten are made: its stream stays short, the outbox grows, and nothing is lost.

How slow it is, is no matter of time: a gate before what it does for each event lets one through for every ten changes.
"""

from collections.abc import AsyncGenerator
from functools import partial

import httpx
import pytest
import pytest_asyncio

from tests.resilience.browser import Browser
from tests.resilience.metrics import metric
from tests.resilience.people import insist, register
from tests.resilience.system import CONSUMERS, RELAY, System, wired_system
from tests.resilience.wire import Gate
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST = 40
SLOWER = 10
STREAM = "events:profile"
FAMILY = "profile"
GROUP = "live"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def system() -> AsyncGenerator[System]:
    async with wired_system("relay,watch", EVENT_MOST_UNHANDLED=str(MOST)) as system:
        yield system


async def metric_of(system: System, name: str, **labels: str) -> float:
    return await metric(system.ports[RELAY], name, **labels)


async def is_paused(system: System) -> bool:
    return await metric_of(system, "outbox_held_back", family=FAMILY) == 1


async def shows_a_jam(system: System, waiting: int) -> bool:
    """Depth and age of the outbox, and how far the group is behind."""
    behind = await metric_of(system, "events_group_lag", stream=STREAM, group=GROUP)
    given = await metric_of(system, "events_group_pending", stream=STREAM, group=GROUP)
    return (
        await metric_of(system, "outbox_pending") >= waiting
        and await metric_of(system, "outbox_oldest_seconds") > 0
        and behind + given > MOST // 2
        and await metric_of(system, "events_group_oldest_pending_seconds", stream=STREAM, group=GROUP) > 0
    )


async def shows_nothing(system: System) -> bool:
    names = ("events_group_lag", "events_group_pending", "events_group_oldest_pending_seconds")
    groups = [await metric_of(system, name, stream=STREAM, group=GROUP) for name in names]
    outbox = [await metric_of(system, name) for name in ("outbox_pending", "outbox_oldest_seconds", "outbox_held_back")]
    return not any(groups + outbox)


class Producer:
    """Somebody who changes the profile, while for each tenth change one is let through to the browser."""

    def __init__(self, api: httpx.AsyncClient, token: str, gate: Gate) -> None:
        self._api = api
        self._headers = {"Authorization": f"Bearer {token}"}
        self._gate = gate
        self.made: list[str] = []

    async def make(self, count: int) -> None:
        for _ in range(count):
            name = f"Ann {len(self.made)}"
            await insist(self._api, "PATCH", "/api/profile", json={"name": name}, headers=self._headers)
            self.made.append(name)
            if len(self.made) % SLOWER == 0:
                await self._gate.let(1)


async def test_a_consumer_ten_times_slower_fills_the_outbox_and_loses_nothing(
    system: System, gateway: httpx.AsyncClient, live: str
) -> None:
    account = await register(gateway)
    token = await account.log_in(gateway)
    created = {"headers": {"Authorization": f"Bearer {token}"}, "json": {"name": "Ann"}}
    await insist(gateway, "POST", "/api/profile", **created)
    async with Browser(live, token, account.since) as browser:
        await until(lambda: browser.shown("welcome"), "the welcome is shown")
        await system.settled()
        before = await system.redis.xlen(STREAM)
        gate = system.wires["BACK_REDIS"].gate = Gate(b"PUBLISH\r\n")
        producer = Producer(gateway, token, gate)
        while not await is_paused(system):
            await producer.make(SLOWER)
            assert len(producer.made) < 10 * MOST, "it is never held back"
        length = await system.redis.xlen(STREAM)
        assert MOST < length - before <= len(producer.made)
        await producer.make(MOST)
        assert await system.redis.xlen(STREAM) == length, "the stream is as short as it was"
        await until(partial(shows_a_jam, system, MOST), "the metrics show it")
        assert browser.names() == producer.made[: len(browser.names())]
        assert len(browser.names()) <= gate.passed <= len(producer.made) // SLOWER
        await gate.open()
        await until(lambda: len(browser.names()) >= len(producer.made), "the last change is shown")
        assert browser.names() == producer.made
        await until(partial(shows_nothing, system), "the metrics are back at zero")
        assert await metric_of(system, "outbox_dead") == 0
        assert await metric(system.ports[CONSUMERS], "event_troubles_total", then="dead-lettered") == 0
        assert list(browser.shown("welcome").values()) == [1]
