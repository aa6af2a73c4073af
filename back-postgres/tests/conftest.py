"""Fixtures: one server for the session, a fresh migrated database and application for each test."""

import asyncio
import itertools
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

import main
import migrate
from settings import Settings

from .postgres import PASSWORD, PostgresServer

_numbers = itertools.count(1)


def wait_until_ready(server: PostgresServer) -> None:
    """Polls a login: an open port is not readiness."""
    for _ in range(100):
        try:
            asyncio.run(server.admin("SELECT 1"))
            return
        except (OSError, asyncpg.PostgresError):
            time.sleep(0.1)
    raise TimeoutError((server.folder / "log").read_text())


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[PostgresServer]:
    server = PostgresServer(Path(f"/tmp/pg-test-{tmp_path_factory.getbasetemp().name}-{id(tmp_path_factory)}"))
    server.create()
    server.start()
    wait_until_ready(server)
    asyncio.run(_provision(server))
    yield server
    server.remove()


async def _provision(server: PostgresServer) -> None:
    await server.admin(
        f"CREATE ROLE dashboard_migrations LOGIN PASSWORD '{PASSWORD}'",
        f"CREATE ROLE dashboard_app LOGIN PASSWORD '{PASSWORD}'",
        "CREATE DATABASE migrated OWNER dashboard_migrations",
    )
    await migrate.run(settings_for(server, "migrated"))


def settings_for(server: PostgresServer, database: str) -> Settings:
    return Settings.model_validate(
        {
            "postgres_host": server.host,
            "postgres_port": server.port,
            "postgres_db": database,
            "postgres_app_password": PASSWORD,
            "postgres_migrations_password": PASSWORD,
            "log_level": "WARNING",
        }
    )


@pytest.fixture
async def settings(postgres_server: PostgresServer) -> AsyncGenerator[Settings]:
    """A database of its own, migrated."""
    name = f"test_{next(_numbers)}"
    await postgres_server.admin(f"CREATE DATABASE {name} TEMPLATE migrated OWNER dashboard_migrations")
    yield settings_for(postgres_server, name)
    await postgres_server.admin(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def app(settings: Settings) -> AsyncGenerator[FastAPI]:
    async with running(settings) as application:
        yield application


class running(AsyncExitStack):  # noqa: N801 - reads as a verb
    """The application between its start and its end."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._app = main.create(settings)

    async def __aenter__(self) -> FastAPI:  # type: ignore[override]
        await super().__aenter__()
        await self.enter_async_context(self._app.router.lifespan_context(self._app))
        return self._app


def client_of(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://back-postgres/internal", timeout=30)


@pytest.fixture
async def api(app: FastAPI) -> AsyncGenerator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client


Sql = Callable[..., "asyncio.Future[list[asyncpg.Record]]"]


@pytest.fixture
async def sql(settings: Settings, postgres_server: PostgresServer) -> AsyncGenerator[Sql]:
    """Runs a statement as superuser, to arrange what time would bring and to look behind the service."""
    connection = await asyncpg.connect(
        host=postgres_server.host, port=postgres_server.port, user="postgres", database=settings.postgres_db
    )
    yield connection.fetch
    await connection.close()
