"""back-api over in-process peers: `api` is a client of it, `as_user` makes a caller's headers."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, cast

import httpx
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI
from main import build
from resources import Resources
from settings import Settings
from task_queue import TaskQueue
from tests.callers import KEY_ID, Callers
from tests.peers.back_auth import FakeAuth
from tests.peers.back_cassandra import FakeCassandra
from tests.peers.back_postgres import FakePostgres

from back_redis.cache import Cache
from back_redis.connection import RedisCommandError, RedisConnection
from back_redis.feature_flags import FlagFeed, FlagPublisher
from back_redis.pubsub import LivePublisher
from back_redis.revocations import Revocations
from shared.chassis.health import Checks
from shared.chassis.service_tokens import ServiceTokens
from shared.contracts.flags import declared_flags
from shared.feature_flags.values import FlagValues
from shared.models.events import Event
from shared.models.feature_flag import FeatureFlag
from shared.models.service_token import ServiceToken
from shared.security.jwt import public_jwk
from shared.utils.errors import Unavailable
from tests.in_process import InProcessClient


class FakeRedis:
    """As much of back-redis as cache, presence and the publisher ask for, and streams without groups to look at."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {"memory": {"used_memory": 25, "maxmemory": 100}}
        self.online: dict[str, float] = {}
        self.published: list[tuple[str, str]] = []
        self.streams: dict[str, list[tuple[str, dict[str, str]]]] = {}
        self.transactions: list[list[tuple[str, ...]]] = []
        self.down = False

    async def call(self, command: str, key: str = "", value: str = "", *more: Any) -> Any:
        if self.down:
            raise Unavailable(dependency="back-redis")
        if command.startswith("X"):
            return self._of_streams(command, key, value, *more)
        match command:
            case "EXISTS":
                return int(key in self.streams)
            case "PUBLISH":
                self.published.append((key, value))
                return 1
            case "ZMSCORE":
                return [self.online.get(member) for member in (value, *more)]
            case "ZCOUNT":
                return sum(score > float(value.lstrip("(")) for score in self.online.values())
            case "SET":
                self.kept[key] = value
            case _:
                pass
        return self.kept.get(key)

    def _of_streams(self, command: str, key: str, value: str, *more: Any) -> Any:
        entries = self.streams.get(key, [])
        match command:
            case "XINFO":
                return self._about(key, value)
            case "XREVRANGE":
                return entries[::-1]
            case "XRANGE":
                return [entry for entry in entries if more[0] in ("+", entry[0])]
            case _:
                return len(entries)

    async def pipeline(self, *commands: tuple[str, str, str]) -> list[str | int | None]:
        return [await self.call(*command) for command in commands]

    async def update(self, key: str, read: tuple[str, ...], plan: Callable[[Any], tuple[Any, Any]]) -> Any:
        commands, result = plan(self.streams.get(key, []))
        self.transactions.append(commands)
        return result

    def _about(self, what: str, stream: str) -> Any:
        if stream not in self.streams:
            raise RedisCommandError("ERR no such key")
        entries = self.streams[stream]
        return {"length": len(entries), "last-entry": entries[-1]} if what == "STREAM" else []

    async def ping(self) -> None:
        await self.call("PING")

    async def __aenter__(self) -> "FakeRedis":
        return self

    async def __aexit__(self, *_: object) -> None: ...


class FakeRevocations:
    def __init__(self) -> None:
        self.revoked: set[str] = set()

    def is_revoked(self, session_id: str) -> bool:
        return session_id in self.revoked

    async def check(self) -> None: ...
    async def __aenter__(self) -> "FakeRevocations":
        return self

    async def __aexit__(self, *_: object) -> None: ...


class FakeFeed:
    """`FlagFeed` without a channel: a test notes what it wants to hold."""

    async def __aenter__(self) -> "FakeFeed":
        return self

    async def __aexit__(self, *_: object) -> None: ...


class FakePublisher(FakeFeed):
    """`FlagPublisher`, with what was announced."""

    def __init__(self) -> None:
        self.announced: list[tuple[FeatureFlag, Event]] = []

    async def announce(self, flag: FeatureFlag, event: Event) -> None:
        self.announced.append((flag, event))


class FakeQueue:
    def __init__(self) -> None:
        self.sent: list[tuple[str, ...]] = []
        self.down = False

    async def send(self, *message: str, queue: str = "celery") -> None:
        if self.down:
            raise Unavailable(dependency="back-redis")
        self.sent.append(message)

    def close(self) -> None: ...


async def no_tokens(callee: str) -> ServiceToken:
    raise AssertionError(f"{callee} is in this process and asks for no token")


class Peers:
    """The peers, for a test to look into and to break."""

    def __init__(self, key: rsa.RSAPrivateKey) -> None:
        self.auth = FakeAuth(public_jwk(key.public_key(), KEY_ID))
        self.postgres = FakePostgres()
        self.cassandra = FakeCassandra()
        self.redis = FakeRedis()
        self.revocations = FakeRevocations()
        self.queue = FakeQueue()
        self.flags = FlagValues(declared_flags())
        self.flag_publisher = FakePublisher()

    def resources(self) -> Resources:
        return Resources(
            tokens=ServiceTokens(no_tokens),
            back_auth=InProcessClient("back-auth", self.auth),
            back_postgres=InProcessClient("back-postgres", self.postgres),
            back_cassandra=InProcessClient("back-cassandra", self.cassandra),
            redis=cast(RedisConnection, self.redis),
            revocations=cast(Revocations, self.revocations),
            cache=Cache(cast(RedisConnection, self.redis), "back-api"),
            live=LivePublisher(cast(RedisConnection, self.redis)),
            queue=cast(TaskQueue, self.queue),
            flags=self.flags,
            flag_feed=cast(FlagFeed, FakeFeed()),
            flag_publisher=cast(FlagPublisher, self.flag_publisher),
        )


@pytest.fixture(scope="session")
def callers() -> Callers:
    return Callers()


@pytest.fixture
def as_user(callers: Callers) -> Callable[..., dict[str, str]]:
    return callers.headers


@pytest.fixture
def peers(callers: Callers) -> Peers:
    return Peers(callers.key)


class AppUnderTest:
    """Lets one application, which takes a while to build, run over each test's own peers."""

    def __init__(self) -> None:
        self.resources: Resources | None = None

    def lifespan(self, app: FastAPI) -> AbstractAsyncContextManager[None]:
        assert self.resources
        return self.resources.lifespan(app)

    async def fetch_keys(self) -> dict[str, Any]:
        assert self.resources
        return await self.resources.fetch_keys()

    def checks(self) -> Checks:
        assert self.resources
        return self.resources.checks()


@pytest.fixture(scope="session")
def app_under_test() -> AppUnderTest:
    return AppUnderTest()


@pytest.fixture(scope="session")
def application(app_under_test: AppUnderTest) -> FastAPI:
    urls = dict.fromkeys(("back_auth_url", "back_postgres_url", "back_cassandra_url"), "http://in-process")
    secrets = dict.fromkeys(("redis_password", "service_secret"), "unused")
    settings = Settings.model_validate({**urls, **secrets, "redis_host": "in-process"})
    return build(settings, cast(Resources, app_under_test))


@pytest_asyncio.fixture
async def api(
    application: FastAPI, app_under_test: AppUnderTest, peers: Peers, callers: Callers
) -> AsyncGenerator[httpx.AsyncClient]:
    app_under_test.resources = peers.resources()
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    running = application.router.lifespan_context(application)
    client = httpx.AsyncClient(transport=transport, base_url="http://api", auth=callers.service("back-api"))
    async with running, client:
        yield client
