"""The application over a real Cassandra, and a client of it."""

import asyncio
import os
from collections.abc import AsyncGenerator
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from main import create
from settings import MigrationSettings
from uuid6 import uuid7


@pytest.fixture(scope="session")
def settings() -> MigrationSettings:
    """Of a fresh keyspace on the server that `TEST_CASSANDRA` (host:port) names."""
    host, _, port = os.environ["TEST_CASSANDRA"].partition(":")
    os.environ |= {"CASSANDRA_HOST": host, "CASSANDRA_PORT": port, "CASSANDRA_KEYSPACE": f"test_{uuid4().hex[:8]}"}
    return MigrationSettings.load()


@pytest.fixture(scope="session")
def app(settings: MigrationSettings) -> FastAPI:
    return create()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def client(app: FastAPI) -> AsyncGenerator[httpx.AsyncClient]:
    """Of the application that `main.create` makes, once it is ready."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://back-cassandra") as client,
    ):
        for _ in range(600):
            if (await client.get("/health/ready")).status_code == 200:
                break
            await asyncio.sleep(0.1)
        yield client


@pytest.fixture
def user_id() -> str:
    """A user whom no other test knows."""
    return str(uuid7())
