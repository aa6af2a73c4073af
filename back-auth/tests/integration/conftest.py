"""back-auth and back-postgres as processes, on the real PostgreSQL and the real Redis."""

from collections.abc import AsyncGenerator, Generator

import httpx
import pytest
import pytest_asyncio
from redis import Redis

from stack.native.servers import TESTS_PASSWORD, Place
from stack.ports import free_ports
from tests.servers import postgres_server, redis_server
from tests.service_callers import DeclaredCaller, Signing
from tests.services import back_postgres, running
from tests.waiting import PATIENCE_SECONDS

__all__ = ["postgres_server", "redis_server"]


@pytest.fixture(scope="session")
def postgres_port() -> int:
    (port,) = free_ports(1)
    return port


@pytest.fixture(scope="session")
def back_auth_url(redis_server: Place, postgres_port: int) -> Generator[str]:
    """Started before back-postgres, so that it has to wait for that."""
    (port,) = free_ports(1)
    with Redis(
        host=redis_server.host, port=redis_server.port, username="tests", password=TESTS_PASSWORD
    ) as administrator:
        administrator.flushall()  # pyright: ignore[reportUnknownMemberType]
    settings = {
        "PORT": str(port),
        "SECRETS_DIR": str(redis_server.secrets / "back-auth"),
        "ENVIRONMENT": "development",
        "REDIS_HOST": redis_server.host,
        "REDIS_PORT": str(redis_server.port),
        "BACK_POSTGRES_URL": f"http://127.0.0.1:{postgres_port}",
        "BACK_CASSANDRA_URL": "http://127.0.0.1:1",
    }
    with running("back-auth", settings) as url:
        yield url


@pytest.fixture(scope="session")
def back_postgres_url(back_auth_url: str, postgres_server: Place, postgres_port: int) -> Generator[str]:
    with back_postgres(postgres_server, port=postgres_port) as url:
        yield url


@pytest_asyncio.fixture
async def auth(back_auth_url: str, back_postgres_url: str, redis_server: Place) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of back-auth."""
    caller = DeclaredCaller("back-auth", Signing.from_secrets(redis_server.secrets))
    async with httpx.AsyncClient(base_url=back_auth_url, timeout=PATIENCE_SECONDS, auth=caller) as client:
        yield client
