"""The services that consumers and tasks call, and how long a task waits for one of them."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import structlog
from settings import NAME, WorkerSettings

from back_redis.connection import RedisConnection
from back_redis.pubsub import LivePublisher
from shared.chassis.client import ServiceClient
from shared.chassis.retry import retry
from shared.chassis.service_tokens import CachedToken, ServiceIdentity
from shared.utils.errors import Unavailable
from shared.utils.failures import Verdict, verdict_of

TIMEOUT_SECONDS = 10.0
PATIENCE_SECONDS = 60.0
MOST_FAILURES = 4
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
Result = TypeVar("Result")
log = structlog.get_logger("tasks")
_cached_tokens: dict[str, CachedToken] = {}  # of this process, since each task has an event loop of its own


@dataclass(frozen=True)
class Peers:
    """`settings` are the process's: a consumer finds in them what it needs of the mail server."""

    settings: WorkerSettings
    back_api: ServiceClient
    back_postgres: ServiceClient
    back_cassandra: ServiceClient
    redis: RedisConnection
    live: LivePublisher


@asynccontextmanager
async def connect(
    settings: WorkerSettings, *, seconds: float = TIMEOUT_SECONDS, postgres_seconds: float = TIMEOUT_SECONDS
) -> AsyncGenerator[Peers]:
    """All of them, for the block. A call may take `seconds`, one of back-postgres `postgres_seconds`."""
    tokens = ServiceIdentity(NAME, settings, _cached_tokens)
    async with (
        tokens,
        ServiceClient("back-api", settings.back_api_url, timeout=seconds, tokens=tokens) as back_api,
        ServiceClient(
            "back-postgres", settings.back_postgres_url, timeout=postgres_seconds, tokens=tokens
        ) as back_postgres,
        ServiceClient("back-cassandra", settings.back_cassandra_url, timeout=seconds, tokens=tokens) as back_cassandra,
        RedisConnection.from_settings(settings, NAME) as redis,
    ):
        yield Peers(settings, back_api, back_postgres, back_cassandra, redis, LivePublisher(redis))


def run_with_peers(settings: WorkerSettings, work: Callable[[Peers], Awaitable[Result]]) -> Result:
    """The result of `work` in an event loop of its own: Celery calls tasks synchronously."""

    async def run() -> Result:
        async with connect(settings) as peers:
            return await work(peers)

    return asyncio.run(run())


async def retry_while_unavailable(call: Callable[[], Awaitable[Result]], seconds: float = PATIENCE_SECONDS) -> Result:
    """The result of `call`, which is repeated with growing pauses for `seconds` while its service is away.

    Raises:
        Unavailable: it still is.
        PeerFailed: it has failed four times on this very call.
    """
    failures = 0

    def is_worth_it(error: Exception) -> bool:
        nonlocal failures
        if not isinstance(error, Unavailable):
            return False
        failures += verdict_of(error) is Verdict.FAILED
        return failures < MOST_FAILURES

    return await retry(
        call,
        when=is_worth_it,
        first=FIRST_PAUSE_SECONDS,
        longest=LONGEST_PAUSE_SECONDS,
        seconds=seconds,
        on_retry=_report,
    )


def _report(error: Exception, pause: float) -> None:
    log.warning("waiting for a service", dependency=getattr(error, "dependency", None), seconds=round(pause, 2))
