"""back-api over the real back-postgres (a process) on PostgreSQL, and the real back-redis."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol, cast

import asyncpg
import httpx
import pytest
import pytest_asyncio
from main import build
from resources import Resources
from settings import Settings
from tests.callers import Callers
from tests.conftest import Peers

from shared.chassis.client import ServiceClient
from shared.models.user import Registered, RegisterUser
from stack.native.servers import Place
from tests.in_process import InProcessClient
from tests.servers import empty_tables, postgres_server, redis_server, servers_folder
from tests.service_callers import SignedTokens, Signing
from tests.services import back_postgres_url

__all__ = ["back_postgres_url", "postgres_server", "redis_server", "servers_folder"]
KEPT = ("schema_migrations", "plans", "plan_prices")


class Database(Protocol):
    """asyncpg's connection, as far as the tests look into the database."""

    async def fetchrow(self, query: str, *args: object) -> Any: ...
    async def close(self) -> None: ...


_connect = cast("Callable[..., Awaitable[Database]]", asyncpg.connect)  # pyright: ignore[reportUnknownMemberType]


@pytest.fixture
def settings(back_postgres_url: str, redis_server: Place) -> Settings:
    return Settings.model_validate(
        {
            "back_auth_url": "http://in-process",
            "back_cassandra_url": "http://in-process",
            "back_postgres_url": back_postgres_url,
            "redis_host": redis_server.host,
            "redis_port": redis_server.port,
            "service_secret": redis_server.secret("back-api/service_secret"),
            "redis_password": redis_server.secret("back-api/redis_password"),
        }
    )


def back_postgres_of(place: Place, url: str, caller: str = "back-api") -> ServiceClient:
    """A client of the real back-postgres with tokens of the key that it knows; back-auth does not run."""
    return ServiceClient("back-postgres", url, tokens=SignedTokens(Signing.from_secrets(place.secrets), caller))


@pytest_asyncio.fixture
async def test_client(
    settings: Settings, peers: Peers, postgres_server: Place, callers: Callers
) -> AsyncGenerator[httpx.AsyncClient]:
    """back-api itself; only back-auth's keys and back-cassandra come from this process."""
    await empty_tables(postgres_server, keep=KEPT)
    resources = replace(
        Resources.from_settings(settings),
        back_auth=InProcessClient("back-auth", peers.auth),
        back_postgres=back_postgres_of(postgres_server, settings.back_postgres_url),
        back_cassandra=InProcessClient("back-cassandra", peers.cassandra),
    )
    app = build(settings, resources)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    client = httpx.AsyncClient(transport=transport, base_url="http://back-api", auth=callers.service("back-api"))
    async with app.router.lifespan_context(app), client:
        yield client


@pytest_asyncio.fixture
async def test_db(postgres_server: Place) -> AsyncGenerator[Database]:
    """PostgreSQL, to look behind the services."""
    password = postgres_server.secret("postgres/superuser_password")
    where: dict[str, Any] = {"host": postgres_server.host, "port": postgres_server.port, "database": "dashboard"}
    connection = await _connect(user="postgres", password=password, **where)
    yield connection
    await connection.close()


@pytest.fixture
def register(back_postgres_url: str, postgres_server: Place, test_client: httpx.AsyncClient) -> Callable[[str], Any]:
    """Makes an account and returns its id."""

    async def account(email: str) -> str:
        async with back_postgres_of(postgres_server, back_postgres_url, "back-auth") as back_postgres:
            user = RegisterUser(
                email_verified=True, email=email, password_hash="unused", attempted_at=datetime.now(UTC), role="user"
            )
            return (await back_postgres.post("/internal/users/register", json=user, model=Registered)).user_id

    return account
