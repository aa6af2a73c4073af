"""The application over a real Cassandra, and a client of it."""

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

from stack.native.servers import Place
from tests.servers import cassandra_server, servers_folder
from tests.service_callers import DeclaredCaller, Signing
from tests.waiting import until

__all__ = ["cassandra_server", "servers_folder"]


@pytest.fixture(scope="session")
def settings(cassandra_server: Place) -> MigrationSettings:
    """Of a fresh keyspace."""
    os.environ |= {
        "CASSANDRA_HOST": cassandra_server.host,
        "CASSANDRA_PORT": str(cassandra_server.port),
        "CASSANDRA_KEYSPACE": f"test_{uuid4().hex[:8]}",
        "SECRETS_DIR": str(cassandra_server.secrets / "back-cassandra"),
    }
    return MigrationSettings.load()


@pytest.fixture(scope="session")
def app(settings: MigrationSettings) -> FastAPI:
    return create()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def client(app: FastAPI, settings: MigrationSettings) -> AsyncGenerator[httpx.AsyncClient]:
    """Of the application that `main.create` makes, once it is ready."""
    caller = DeclaredCaller("back-cassandra", Signing.from_secrets(settings.secrets_dir.parent))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://back-cassandra", auth=caller) as client,
    ):
        await until(lambda: is_ready(client), "back-cassandra is ready")
        yield client


async def is_ready(client: httpx.AsyncClient) -> bool:
    return (await client.get("/health/ready")).status_code == 200


@pytest.fixture
def user_id() -> str:
    """A user whom no other test knows."""
    return str(uuid7())
