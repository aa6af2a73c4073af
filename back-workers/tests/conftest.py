"""Real servers and processes for the fault tests; the other tests need none."""

from collections.abc import AsyncGenerator

import pytest_asyncio
from tests.neighbours import Neighbours, running
from tests.processes import Processes, kill, processes

from stack.native.servers import Place
from tests.servers import postgres_server, redis_server, servers_folder

__all__ = ["postgres_server", "redis_server", "servers_folder"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def neighbours() -> AsyncGenerator[Neighbours]:
    async with running() as known:
        yield known


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def all_processes(
    redis_server: Place, postgres_server: Place, neighbours: Neighbours
) -> AsyncGenerator[Processes]:
    async with processes(redis_server, postgres_server, neighbours) as known:
        yield known


@pytest_asyncio.fixture(loop_scope="session")
async def world(all_processes: Processes) -> AsyncGenerator[Processes]:
    """back-postgres runs; workers that a test starts end with it, and what they left on Redis goes."""
    others = list(all_processes.running)
    await all_processes.redis.flushdb()
    yield all_processes
    for process in all_processes.running:
        if process not in others and process.poll() is None:
            kill(process)
    all_processes.running[:] = others
