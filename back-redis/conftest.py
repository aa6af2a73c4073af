"""Fixtures of this package's tests."""

from collections.abc import AsyncGenerator, Callable, Generator

import pytest
import pytest_asyncio

from back_redis.connection import RedisConnection
from back_redis.tests.server import RedisServer
from stack.native.servers import scratch


@pytest.fixture(scope="session")
def session_server() -> Generator[RedisServer]:
    with scratch() as folder:
        server = RedisServer(folder)
        server.start()
        yield server
        server.stop()


@pytest.fixture
def server(session_server: RedisServer) -> RedisServer:
    """The server, running and empty."""
    if not session_server.running:
        session_server.start()
    with session_server.administrator() as administrator:
        administrator.flushall()  # pyright: ignore[reportUnknownMemberType]
    return session_server


@pytest_asyncio.fixture
async def connect(server: RedisServer) -> AsyncGenerator[Callable[[str], RedisConnection]]:
    """Connects as a service."""
    made: list[RedisConnection] = []

    def connect(user: str) -> RedisConnection:
        made.append(server.connect(user))
        return made[-1]

    yield connect
    for connection in made:
        await connection.__aexit__(None, None, None)
