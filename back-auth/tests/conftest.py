"""back-auth over Redis, a fake one for unit tests, and in-process peers: `api` is a client of it, `peers` what a test looks into and breaks."""

import json
import os
from collections.abc import AsyncGenerator, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from redis import Redis

from back_redis.feature_flags import FlagFeed
from main import build
from resources import Resources
from services.demo_accounts import DemoAccounts
from services.password_hashing import PasswordHashing, argon2id
from settings import Settings
from shared.chassis.health import Checks
from shared.feature_flags.reading import newest_flags
from stack.native.servers import Place
from tests import servers
from tests.fake_redis import administrator, fake_redis
from tests.in_process import InProcessClient
from tests.peers import FakeCassandra, FakePostgres
from tests.servers import servers_folder
from tests.service_callers import DeclaredCaller, Signing

__all__ = ["servers_folder"]
real_redis_server = servers.redis_server
PASSWORD = "correct horse battery"
CHEAP = argon2id(memory_kib=8, passes=1)
CHEAP_HASH = CHEAP.hash(PASSWORD)


class AppUnderTest:
    """Lets one application, which takes a while to build, run with each test's own resources."""

    def __init__(self, settings: Settings) -> None:
        self._resources: Resources | None = None
        self._app = build(settings, cast(Resources, self))

    def use(self, resources: Resources) -> FastAPI:
        self._resources = resources
        return self._app

    def lifespan(self, app: FastAPI) -> AbstractAsyncContextManager[None]:
        assert self._resources
        return self._resources.lifespan(app)

    async def fetch_keys(self) -> dict[str, Any]:
        assert self._resources
        return await self._resources.fetch_keys()

    def checks(self) -> Checks:
        assert self._resources
        return self._resources.checks()


class Peers:
    """`redis` may do everything."""

    def __init__(self, app_under_test: AppUnderTest, settings: Settings, redis: Redis) -> None:
        self.app_under_test = app_under_test
        self.settings = settings
        self.redis = redis
        self.postgres = FakePostgres()
        self.cassandra = FakeCassandra()
        self.flags = FakeCassandra()
        """Another one, so that reading the flags in the background is not among the calls of a test."""
        self.caller = DeclaredCaller("back-auth", Signing.from_secrets(settings.secrets_dir.parent))
        self.hashing = PasswordHashing(workers=2, queue=100, scheme=CHEAP)
        self.user_id = self.postgres.add("ann@example.com", CHEAP_HASH)

    def resources(self, settings: Settings | None = None) -> Resources:
        postgres = InProcessClient("back-postgres", self.postgres)
        flags = InProcessClient("back-cassandra", self.flags)
        made = Resources.from_settings(settings or self.settings)
        return replace(
            made,
            back_postgres=postgres,
            back_cassandra=InProcessClient("back-cassandra", self.cassandra),
            flag_feed=FlagFeed(made.redis, made.flags, partial(newest_flags, flags)),
            hashing=self.hashing,
            demo_accounts=DemoAccounts([], self.postgres, self.hashing),  # pyright: ignore[reportArgumentType]
        )

    @asynccontextmanager
    async def api(self, settings: Settings | None = None) -> AsyncGenerator[httpx.AsyncClient]:
        """A client of back-auth; the person's address is what X-Forwarded-For says."""
        resources = self.resources(settings)
        app = self.app_under_test.use(resources)
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 50_000))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://auth", auth=self.caller) as api,
        ):
            yield api

    def events(self, family: str) -> list[dict[str, Any]]:
        entries: Any = self.redis.xrange(f"events:{family}")  # pyright: ignore[reportUnknownMemberType]
        return [json.loads(fields["event"]) for _, fields in entries]


@pytest.fixture(scope="session", params=["fake", pytest.param("real", marks=pytest.mark.integration)])
def redis_server(request: pytest.FixtureRequest) -> Generator[Place]:
    """A fake one, and for integration tests a real one."""
    if request.param == "real":
        yield request.getfixturevalue("real_redis_server")
        return
    with fake_redis(request.getfixturevalue("servers_folder")) as place:
        yield place


@pytest.fixture(scope="session")
def settings(redis_server: Place) -> Settings:
    return Settings.model_validate(
        {
            "secrets_dir": redis_server.secrets / "back-auth",
            "redis_host": redis_server.host,
            "redis_port": redis_server.port,
            "redis_password": redis_server.secret("back-auth/redis_password"),
            "back_postgres_url": "http://in-process",
            "back_cassandra_url": "http://in-process",
        }
    )


@pytest.fixture(scope="session")
def app_under_test(settings: Settings) -> AppUnderTest:
    return AppUnderTest(settings)


@pytest.fixture
def peers(app_under_test: AppUnderTest, settings: Settings, redis_server: Place) -> Generator[Peers]:
    with administrator(redis_server) as redis:
        redis.flushall()  # pyright: ignore[reportUnknownMemberType]
        yield Peers(app_under_test, settings, redis)


@pytest_asyncio.fixture
async def api(peers: Peers) -> AsyncGenerator[httpx.AsyncClient]:
    async with peers.api() as client:
        yield client


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("REDIS_", "BACK_", "SECRETS_")):
            monkeypatch.delenv(name)
