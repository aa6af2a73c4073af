"""Real servers and processes for the fault tests; the other tests need none."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from features.notifications.catalogue import Catalogue
from features.notifications.mail.renderer import MailRenderer
from tests.neighbours import Neighbours, running
from tests.processes import Processes, running_processes

from stack.native.servers import Place
from tests.servers import postgres_server, redis_server, servers_folder
from tests.service_callers import Signing
from tests.services import back_postgres_url

__all__ = ["back_postgres_url", "postgres_server", "redis_server", "servers_folder"]


@pytest.fixture(scope="session")
def renderer() -> MailRenderer:
    sent_from = "Tools Dashboard <no-reply@example.com>"
    return MailRenderer(
        Catalogue(), mail_from=sent_from, public_url="http://localhost:8000/", support="help@example.com"
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def neighbours(servers_folder: Path) -> AsyncGenerator[Neighbours]:
    async with running(Signing.from_secrets(servers_folder / "secrets")) as known:
        yield known


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def all_processes(
    redis_server: Place, back_postgres_url: str, neighbours: Neighbours
) -> AsyncGenerator[Processes]:
    async with running_processes(redis_server, back_postgres_url, neighbours) as known:
        yield known


@pytest_asyncio.fixture(loop_scope="session")
async def processes(all_processes: Processes) -> AsyncGenerator[Processes]:
    """Workers that a test starts end with it, and what they left on Redis goes."""
    await all_processes.redis.flushdb()
    yield all_processes
    all_processes.end()
    all_processes.neighbours.smtp_faults.clear()
    all_processes.neighbours.sick.clear()
