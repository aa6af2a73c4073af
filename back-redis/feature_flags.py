"""Keeps feature flags in memory current: the channel `flags:changed` brings each change, a read of the store what was missed."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Iterable
from types import TracebackType
from typing import Protocol, Self

import structlog
from pydantic import ValidationError

from back_redis.connection import NAME, Command, RedisConnection
from back_redis.pubsub import Subscriber
from back_redis.streams import event_command
from shared.chassis import tracing
from shared.chassis.background import Background
from shared.models.events import Event
from shared.models.feature_flag import FeatureFlag
from shared.utils.errors import Unavailable

CHANNEL = "flags:changed"
REREAD_SECONDS = 15.0
START_SECONDS = 2.0
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
Read = Callable[[], Awaitable[Iterable[FeatureFlag]]]
"""All flags from the store; raises Unavailable while it is away."""
log = structlog.get_logger("feature-flags")


class Values(Protocol):
    """`shared.feature_flags.values.FlagValues`."""

    def note(self, flags: Iterable[FeatureFlag]) -> None: ...


class FlagFeed:
    """Keeps `values` current, as an async context manager.

    Entering waits up to two seconds for the store. The store is read again after each reconnection to back-redis, at least
    every 15 seconds, and with growing pauses while it is away. Meanwhile `values` stay as they are.
    """

    def __init__(self, connection: RedisConnection, values: Values, read: Read) -> None:
        self._values = values
        self._read = read
        self._missed = asyncio.Event()
        self._is_current = asyncio.Event()
        self._subscriber = Subscriber(connection, on_message=self._note, on_gap=self._missed.set)
        self._background = Background(
            {"feature flags": self._reread},
            first_pause=FIRST_PAUSE_SECONDS,
            longest_pause=LONGEST_PAUSE_SECONDS,
        )

    async def __aenter__(self) -> Self:
        await self._subscriber.__aenter__()
        await self._background.__aenter__()
        await asyncio.gather(self._subscriber.subscribe(CHANNEL, seconds=START_SECONDS), self._first_read())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._background.__aexit__(kind, error, trace)
        await self._subscriber.__aexit__(kind, error, trace)

    async def _first_read(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                await self._is_current.wait()

    def _note(self, _: str, text: str) -> None:
        try:
            self._values.note([FeatureFlag.model_validate_json(text)])
        except ValidationError:
            log.warning("flag message of another form; the store will be read")
            self._missed.set()

    async def _reread(self) -> None:
        while True:
            self._missed.clear()
            with tracing.consumer_span("feature-flags.read", None):
                self._values.note(await self._read())
            self._is_current.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(REREAD_SECONDS * random.uniform(0.8, 1.0)):  # noqa: S311 - spreads the readers
                    await self._missed.wait()


class FlagPublisher:
    """Publishes stored changes to every service and to the audit log; an async context manager."""

    def __init__(self, connection: RedisConnection) -> None:
        self._connection = connection
        self._waiting: list[list[Command]] = []
        self._some = asyncio.Event()
        self._background = Background({"flag publisher": self._catch_up}, longest_pause=LONGEST_PAUSE_SECONDS)

    async def __aenter__(self) -> Self:
        await self._background.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._background.__aexit__(kind, error, trace)
        if self._waiting:
            log.error("changes not announced; services read them from the store", count=len(self._waiting))

    async def announce(self, flag: FeatureFlag, event: Event) -> None:
        """Sends `flag` to the channel and `event` to its stream, both or neither; if back-redis is away, as soon as it is back."""
        commands: list[Command] = [event_command(event), ("PUBLISH", CHANNEL, flag.model_dump_json())]
        tracing.record_publish(NAME, f"publish {event.type}", event.traceparent)
        try:
            await self._connection.transaction(*commands)
        except Unavailable:
            log.warning("change not announced yet", flag=flag.name, version=flag.version)
            self._waiting.append(commands)
            self._some.set()

    async def _catch_up(self) -> None:
        while True:
            while self._waiting:
                with tracing.consumer_span("feature-flags.announce", None):
                    await self._connection.transaction(*self._waiting[0])
                del self._waiting[0]
            self._some.clear()
            await self._some.wait()
