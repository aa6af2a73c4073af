"""Fixtures: one server and schema for the session, emptied for each test; an application of its own for each."""

import asyncio
import itertools
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

import main
import migrate
from resources import Resources
from settings import Settings
from stack.native.servers import Place
from tests.client import Api, Sql, superuser
from tests.servers import empty_tables, postgres_server, servers_folder
from tests.service_callers import DeclaredCaller, Signing
from tests.waiting import PATIENCE_SECONDS

__all__ = ["postgres_server", "servers_folder"]
KEPT = ("schema_migrations", "plans", "plan_prices")
_numbers = itertools.count(1)


def settings_for(place: Place, database: str = "dashboard") -> Settings:
    values = {
        name: place.secret(f"back-postgres/{name}")
        for name in ("postgres_app_password", "postgres_migrations_password")
    }
    where = {"postgres_host": place.host, "postgres_port": place.port, "postgres_db": database}
    secrets = {"secrets_dir": place.secrets / "back-postgres"}
    return Settings.model_validate({**values, **where, **secrets, "log_level": "WARNING"})


@pytest.fixture(scope="session")
def migrated(postgres_server: Place) -> Place:
    asyncio.run(migrate.run(settings_for(postgres_server)))
    return postgres_server


@pytest.fixture
async def settings(migrated: Place) -> Settings:
    """Of the schema without rows, the plan catalogue excepted."""
    await empty_tables(migrated, keep=KEPT)
    return settings_for(migrated)


@pytest.fixture
async def empty(postgres_server: Place) -> AsyncGenerator[Settings]:
    """Of a database without a schema."""
    name = f"test_{next(_numbers)}"
    async with superuser(postgres_server, "postgres") as sql:
        await sql.execute(f"CREATE DATABASE {name} OWNER dashboard_migrations")
        yield settings_for(postgres_server, name)
        await sql.execute(f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def serving(settings: Settings) -> AsyncGenerator[Api]:
    """A client of an application that runs in this process."""
    app: FastAPI = main.build(settings, Resources.from_settings(settings))
    caller = DeclaredCaller("back-postgres", Signing.from_secrets(settings.secrets_dir.parent))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        where: dict[str, Any] = {"transport": transport, "base_url": "http://back-postgres"}
        async with httpx.AsyncClient(**where, timeout=PATIENCE_SECONDS, auth=caller) as client:
            yield Api(client)


@pytest.fixture
async def api(settings: Settings) -> AsyncGenerator[Api]:
    async with serving(settings) as client:
        yield client


@pytest.fixture
async def sql(settings: Settings, migrated: Place) -> AsyncGenerator[Sql]:
    """Statements as superuser: to arrange what time would bring, and to look behind the service."""
    async with superuser(migrated, settings.postgres_db) as session:
        yield session


@pytest.fixture
def now() -> str:
    return datetime.now(UTC).isoformat()
