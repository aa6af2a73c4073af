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
from tests.resilience.wire import Gate
from tests.resilience.world import CONSUMERS, RELAY, World, wired_world
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST = 40
SLOWER = 10
STREAM = "events:profile"
FAMILY = "profile"
GROUP = "live"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world() -> AsyncGenerator[World]:
    async with wired_world("relay,watch", EVENT_MOST_UNHANDLED=str(MOST)) as world:
        yield world


async def told(world: World, name: str, **labels: str) -> float:
    return await metric(world.ports[RELAY], name, **labels)


async def is_held(world: World) -> bool:
    return await told(world, "outbox_held_back", family=FAMILY) == 1


async def shows_a_jam(world: World, waiting: int) -> bool:
    """Depth and age of the outbox, and how far the group is behind."""
    behind = await told(world, "events_group_lag", stream=STREAM, group=GROUP)
    given = await told(world, "events_group_pending", stream=STREAM, group=GROUP)
    return (
        await told(world, "outbox_pending") >= waiting
        and await told(world, "outbox_oldest_seconds") > 0
        and behind + given > MOST // 2
        and await told(world, "events_group_oldest_pending_seconds", stream=STREAM, group=GROUP) > 0
    )


async def shows_nothing(world: World) -> bool:
    names = ("events_group_lag", "events_group_pending", "events_group_oldest_pending_seconds")
    groups = [await told(world, name, stream=STREAM, group=GROUP) for name in names]
    outbox = [await told(world, name) for name in ("outbox_pending", "outbox_oldest_seconds", "outbox_held_back")]
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
    world: World, gateway: httpx.AsyncClient, live: str
) -> None:
    account = await register(gateway)
    token = await account.log_in(gateway)
    created = {"headers": {"Authorization": f"Bearer {token}"}, "json": {"name": "Ann"}}
    await insist(gateway, "POST", "/api/profile", **created)
    async with Browser(live, token, account.since) as browser:
        await until(lambda: browser.shown("welcome"), "the welcome is shown")
        await world.settled()
        before = await world.redis.xlen(STREAM)
        gate = world.wires["BACK_REDIS"].gate = Gate(b"PUBLISH\r\n")
        producer = Producer(gateway, token, gate)
        while not await is_held(world):
            await producer.make(SLOWER)
            assert len(producer.made) < 10 * MOST, "it is never held back"
        length = await world.redis.xlen(STREAM)
        assert MOST < length - before <= len(producer.made)
        await producer.make(MOST)
        assert await world.redis.xlen(STREAM) == length, "the stream is as short as it was"
        await until(partial(shows_a_jam, world, MOST), "the metrics show it")
        assert browser.names() == producer.made[: len(browser.names())]
        assert len(browser.names()) <= gate.passed <= len(producer.made) // SLOWER
        await gate.open()
        await until(lambda: len(browser.names()) >= len(producer.made), "the last change is shown")
        assert browser.names() == producer.made
        await until(partial(shows_nothing, world), "the metrics are back at zero")
        assert await told(world, "outbox_dead") == 0
        assert await metric(world.ports[CONSUMERS], "event_troubles_total", then="buried") == 0
        assert list(browser.shown("welcome").values()) == [1]
