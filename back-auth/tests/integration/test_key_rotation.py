"""A key is added while services call each other: not one call fails."""

import asyncio
import shutil
from collections.abc import Generator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import jwt
import pytest

from shared.chassis.client import ServiceClient
from shared.chassis.service_tokens import ServiceIdentity
from shared.chassis.settings import CallerSettings
from shared.models.base import Page
from shared.models.user import User
from stack.native.servers import Place
from stack.ports import free_ports
from stack.secrets import Store, make_all
from tests.services import back_postgres, running
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = pytest.mark.integration


@pytest.fixture
def place(postgres_server: Place, tmp_path: Path) -> Place:
    """The same server with secrets of this test's own, so that others keep their keys."""
    return replace(postgres_server, secrets=Path(shutil.copytree(postgres_server.secrets, tmp_path / "secrets")))


@contextmanager
def back_auth(place: Place, redis: Place, port: int) -> Generator[str]:
    settings = {
        "PORT": str(port),
        "SECRETS_DIR": str(place.secrets / "back-auth"),
        "REDIS_HOST": redis.host,
        "REDIS_PORT": str(redis.port),
        "BACK_POSTGRES_URL": "http://127.0.0.1:1",
        "BACK_CASSANDRA_URL": "http://127.0.0.1:1",
    }
    with running("back-auth", settings, path="/health") as url:
        yield url


async def test_keys_rotate_without_a_failed_call(place: Place, redis_server: Place) -> None:
    (port,) = free_ports(1)
    secret = place.secret("back-api/service_secret")
    settings = CallerSettings.model_validate({"back_auth_url": f"http://127.0.0.1:{port}", "service_secret": secret})
    answered = 0

    async def call() -> None:
        """Any failure is raised, and ends the task."""
        nonlocal answered
        while True:
            await client.get("/internal/users", model=Page[User])
            answered += 1

    async def calls_go_on() -> None:
        before = answered
        await until(lambda: calling.done() or answered > before + 50, "calls go on")
        assert not calling.done(), calling.exception()

    async with AsyncExitStack() as stack:
        url = stack.enter_context(back_postgres(place))
        tokens = await stack.enter_async_context(ServiceIdentity("back-api", settings))
        patient = ServiceClient("back-postgres", url, timeout=PATIENCE_SECONDS, tokens=tokens)
        client = await stack.enter_async_context(patient)
        with back_auth(place, redis_server, port):
            old = await tokens.token("back-postgres")
            calling = asyncio.create_task(call())
            await calls_go_on()
        await calls_go_on()  # while back-auth is away
        make_all(Store(place.secrets), development=True, another_signing_key=True)
        with back_auth(place, redis_server, port):
            await calls_go_on()
            tokens.forget("back-postgres", old)
            new = await tokens.token("back-postgres")
            await calls_go_on()
        calling.cancel()
    assert jwt.get_unverified_header(old)["kid"] < jwt.get_unverified_header(new)["kid"]
