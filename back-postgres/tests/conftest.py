"""Fixtures: one server for the session, a fresh migrated database and application for each test."""

import asyncio
import itertools
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

import main
import migrate
from settings import Settings

from .client import Api
from .postgres import PASSWORD, PostgresServer, Sql

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Generator[PostgresServer]:
    server = PostgresServer(Path(tempfile.mkdtemp(prefix="back-postgres-")))
    server.create()
    server.start()
    asyncio.run(provision(server))
    yield server
    server.remove()


async def provision(server: PostgresServer) -> None:
    """The two roles, and a migrated database as a template for others."""
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


async def _database(server: PostgresServer, template: str) -> Settings:
    name = f"test_{next(_numbers)}"
    await server.admin(f"CREATE DATABASE {name} TEMPLATE {template} OWNER dashboard_migrations")
    return settings_for(server, name)


@pytest.fixture
async def settings(postgres_server: PostgresServer) -> Settings:
    """A migrated database of its own; it goes with the server, since dropping one is slow."""
    return await _database(postgres_server, "migrated")


@pytest.fixture
async def empty(postgres_server: PostgresServer) -> Settings:
    """A database of its own without a schema."""
    return await _database(postgres_server, "template1")


@asynccontextmanager
async def serving(settings: Settings) -> AsyncGenerator[Api]:
    """A client of an application that runs in this process."""
    app: FastAPI = main.create(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://back-postgres", timeout=30) as client:
            yield Api(client)


@pytest.fixture
async def api(settings: Settings) -> AsyncGenerator[Api]:
    async with serving(settings) as client:
        yield client


@pytest.fixture
async def sql(settings: Settings, postgres_server: PostgresServer) -> AsyncGenerator[Sql]:
    """Statements as superuser: to arrange what time would bring, and to look behind the service."""
    async with postgres_server.session(settings.postgres_db) as session:
        yield session


@pytest.fixture
def now() -> str:
    return datetime.now(UTC).isoformat()
