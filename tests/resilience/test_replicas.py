"""Two replicas of back-websockets behind the gateway, as BACK_WEBSOCKETS_REPLICAS=2 makes them: tabs of one user are on both,
and when one replica is killed or stopped its tabs go on at the other, without a gap and with nothing twice."""

import re
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from back_redis.connection import RedisConnection
from back_redis.streams import StreamWriter
from shared.models.events import Event
from shared.models.session import SessionRevoked
from shared.utils.ids import new_id
from stack import settings, topology
from stack.topology import Service
from tests.resilience import process_control
from tests.resilience.browser import Browser
from tests.resilience.metrics import metric
from tests.resilience.people import register
from tests.services import Process
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIRST = "back-websockets"
SECOND = "back-websockets-2"
GATEWAY = "back-gateway"
MOST_TABS = 8
SENT_AWAY = re.compile(r"restart; retry_in=\d+")


@dataclass
class Replicas:
    """The stack's own replica, and one of ours that is ended and started again."""

    services: dict[str, Service]
    process: Process

    async def start_again(self) -> None:
        if self.process.poll() is not None:
            self.process = process_control.launch(self.services[SECOND])
            await process_control.until_ready(self.services[SECOND])

    async def first_has(self, count: int) -> bool:
        return await self.connections(FIRST) == count

    async def connections(self, name: str) -> float:
        port = self.services[name].port
        assert port
        return await metric(port, "websocket_connections")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def replicas() -> AsyncGenerator[Replicas]:
    services = topology.load(settings.load({**settings.load().given, "BACK_WEBSOCKETS_REPLICAS": "2"}))
    replicas = Replicas(services, process_control.launch(services[SECOND]))
    try:
        await process_control.until_ready(services[SECOND])
        with process_control.in_place_of(services[GATEWAY]):
            await process_control.until_ready(services[GATEWAY])
            yield replicas
    finally:
        replicas.process.kill()
        replicas.process.wait()


@pytest_asyncio.fixture(loop_scope="session")
async def writer(secrets_root: Path) -> AsyncGenerator[StreamWriter]:
    """As back-auth, which writes of ended sessions to the stream."""
    password = (secrets_root / "back-auth" / "redis_password").read_text().strip()
    port = settings.load().ports["BACK_REDIS"]
    async with RedisConnection(host="127.0.0.1", port=port, username="back-auth", password=password) as redis:
        yield StreamWriter(redis)


def ended_session(user_id: str) -> Event:
    """Its owner gets a notification with the event's id."""
    data = SessionRevoked(user_id=user_id, session_id=new_id(), reason="token_reused", ip="203.0.113.5")
    return Event(
        id=new_id(),
        type=data.event_type,
        aggregate_id=user_id,
        user_id=user_id,
        occurred_at=datetime.now(UTC),
        data=data.model_dump(mode="json"),
    )


async def tabs_on_both(replicas: Replicas, tab: Callable[[], Browser], stack: AsyncExitStack) -> list[Browser]:
    """As many tabs as it takes, one after the other; the gateway takes the replicas in turn."""
    tabs: list[Browser] = []
    while not (await replicas.connections(FIRST) and await replicas.connections(SECOND)):
        assert len(tabs) < MOST_TABS, "all tabs are on one replica"
        tabs.append(await stack.enter_async_context(tab()))
    return tabs


def kill(process: Process) -> None:
    process.kill()


def stop(process: Process) -> None:
    """As a deployment does."""
    process.terminate()


@pytest.mark.parametrize("end", [kill, stop])
async def test_tabs_of_a_replica_that_ends_go_on_at_the_other(
    end: Callable[[Process], None], replicas: Replicas, writer: StreamWriter, gateway: httpx.AsyncClient, live: str
) -> None:
    await replicas.start_again()
    account = await register(gateway)
    token = await account.log_in(gateway)
    user_id = await account.user_id(gateway, token)
    published = list[str]()

    async def publish(count: int) -> None:
        events = [ended_session(user_id) for _ in range(count)]
        await writer.append(*events)
        published.extend(event.id for event in events)

    def shown(tab: Browser) -> bool:
        return len(tab.shown("security")) >= len(published)

    async with AsyncExitStack() as stack:
        tabs = await tabs_on_both(replicas, partial(Browser, live, token, account.since), stack)
        theirs = int(await replicas.connections(SECOND))
        await publish(10)
        await until(lambda: all(map(shown, tabs)), "every tab on both replicas shows it")
        await publish(10)
        end(replicas.process)
        for _ in range(10):
            await publish(1)
        await until(lambda: sum(tab.connections == 2 for tab in tabs) == theirs, "its tabs are back")
        await publish(10)
        await until(lambda: all(map(shown, tabs)), "every tab shows everything")
        replicas.process.wait()
        await until(partial(replicas.first_has, len(tabs)), "all are on the first replica")
        assert [tab.shown("security") for tab in tabs] == [Counter(published)] * len(tabs)
        assert all(tab.shown("welcome").total() == 1 for tab in tabs)
        moved = [tab for tab in tabs if tab.connections == 2]
        if end is stop:
            assert all(code == 1012 and SENT_AWAY.fullmatch(why) for tab in moved for code, why in tab.closed)
            assert all(tab.closed for tab in moved)
