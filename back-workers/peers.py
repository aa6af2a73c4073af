"""The services that tasks talk to, and patience with them."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import structlog
from settings import NAME, BulkSettings, TaskSettings

from back_redis.connection import RedisConnection
from back_redis.pubsub import LivePublisher
from shared.chassis.client import ServiceClient
from shared.chassis.service_tokens import Held, ServiceIdentity
from shared.utils.errors import Unavailable
from shared.utils.failures import Verdict, verdict_of

PATIENCE_SECONDS = 60.0
MOST_FAILURES = 4
LONGEST_PAUSE_SECONDS = 5.0
Result = TypeVar("Result")
log = structlog.get_logger("tasks")
_held_tokens: dict[str, Held] = {}  # of this process, since each task has an event loop of its own


@dataclass(frozen=True)
class Peers:
    back_api: ServiceClient
    back_postgres: ServiceClient
    live: LivePublisher


@dataclass(frozen=True)
class BulkPeers:
    """What the tasks on the queue `bulk` talk to."""

    back_postgres: ServiceClient
    back_cassandra: ServiceClient
    live: LivePublisher


@asynccontextmanager
async def bulk_peers(settings: BulkSettings) -> AsyncGenerator[BulkPeers]:
    """For one task."""
    async with (
        ServiceIdentity(NAME, settings, _held_tokens) as tokens,
        ServiceClient("back-postgres", settings.back_postgres_url, timeout=10, tokens=tokens) as back_postgres,
        ServiceClient("back-cassandra", settings.back_cassandra_url, timeout=10, tokens=tokens) as back_cassandra,
        RedisConnection.of(settings, NAME) as redis,
    ):
        yield BulkPeers(back_postgres, back_cassandra, LivePublisher(redis))


@asynccontextmanager
async def peers(settings: TaskSettings) -> AsyncGenerator[Peers]:
    """For one task."""
    async with (
        ServiceIdentity(NAME, settings, _held_tokens) as tokens,
        ServiceClient("back-api", settings.back_api_url, timeout=10, tokens=tokens) as back_api,
        ServiceClient("back-postgres", settings.back_postgres_url, timeout=10, tokens=tokens) as back_postgres,
        RedisConnection.of(settings, NAME) as redis,
    ):
        yield Peers(back_api, back_postgres, LivePublisher(redis))


async def patiently(call: Callable[[], Awaitable[Result]], seconds: float = PATIENCE_SECONDS) -> Result:
    """The result of `call`, which is repeated with growing pauses for `seconds` while its service is away.

    Raises:
        Unavailable: it still is.
        PeerFailed: it has failed four times on this very call.
    """
    loop = asyncio.get_running_loop()
    deadline, pause, failures = loop.time() + seconds, 0.1, 0
    while True:
        try:
            return await call()
        except Unavailable as error:
            failures += verdict_of(error) is Verdict.FAILED
            if failures >= MOST_FAILURES or loop.time() + pause > deadline:
                raise
            log.warning("waiting for a service", dependency=error.dependency, seconds=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
