"""The session that listens to the outbox, without a server: whatever becomes of it, nobody waits for ever."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

import listener as module
from listener import CHANNEL, OutboxListener
from settings import Settings
from tests.fake_connection import FakeConnection
from tests.waiting import until


class Server:
    """Gives out `connections` one after another, and afterwards new ones; an error is raised instead."""

    def __init__(self, *connections: FakeConnection | Exception) -> None:
        self.next = list(connections)
        self.opened: list[FakeConnection] = []

    async def connect(self, _: Settings) -> FakeConnection:
        connection = self.next.pop(0) if self.next else FakeConnection()
        if isinstance(connection, Exception):
            raise connection
        self.opened.append(connection)
        return connection

    async def listened_to(self, count: int) -> FakeConnection:
        await until(lambda: len(self.opened) == count and CHANNEL in self.opened[-1].channels, "it listens")
        return self.opened[-1]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    monkeypatch.setattr(module, "connect", made.connect)
    monkeypatch.setattr(module, "RECONNECT_SECONDS", 0.0)
    return made


@pytest_asyncio.fixture
async def listener() -> AsyncGenerator[OutboxListener]:
    listener = OutboxListener(
        Settings.model_validate({"postgres_app_password": "", "postgres_migrations_password": ""})
    )
    yield listener
    listener.close()


async def looks(listener: OutboxListener) -> list[int]:
    """Grows with each look of somebody who waits."""
    seen: list[int] = []

    async def look() -> bool:
        seen.append(len(seen))
        return False

    waiting = asyncio.create_task(listener.wait_for(look, 3600))
    waiting.add_done_callback(lambda _: seen.append(-1))
    await until(lambda: len(seen) == 1, "the first look")
    return seen


async def test_a_notification_and_each_new_session_make_everybody_look(
    server: Server, listener: OutboxListener
) -> None:
    server.next.append(ConnectionRefusedError())
    seen = await looks(listener)
    running = asyncio.create_task(listener.run())
    first = await server.listened_to(1)
    await until(lambda: len(seen) >= 2, "somebody looks, since something may have come before")
    first.channels[CHANNEL]()
    await until(lambda: len(seen) == 3, "somebody looks again")
    first.on_end[0]()
    await server.listened_to(2)
    await until(lambda: len(seen) == 4, "somebody looks after the gap")
    assert first.terminated
    running.cancel()
    await asyncio.wait([running])
    assert server.opened[-1].terminated


async def test_a_session_is_asked_whether_it_is_still_there(
    server: Server, listener: OutboxListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHECK_SECONDS", 0.01)
    silent = FakeConnection("SELECT 1", ConnectionResetError())
    server.next.append(silent)
    running = asyncio.create_task(listener.run())
    await server.listened_to(2)
    assert silent.asked == [("SELECT 1",), ("SELECT 1",)]
    assert silent.terminated
    running.cancel()
    await asyncio.wait([running])
