"""Consumer groups: several consumers share a group's entries and take over those of one that died."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from time import monotonic

import structlog

from back_redis.connection import Argument, Command, RedisCommandError, RedisConnection, StreamReply
from back_redis.handling import (
    BATCH,
    FIRST_PAUSE_SECONDS,
    LARGE_BATCH,
    LONGEST_PAUSE_SECONDS,
    Claims,
    Handler,
    Handling,
)
from back_redis.retries import FeatureOff, Retries, RetryPolicy, UnsupportedVersion
from back_redis.settlement import Settlement
from back_redis.streams import Entry, entries_of, replay_stream
from back_redis.waiting import WAIT_SECONDS, Waits
from shared.chassis.retry import retry
from shared.models.events import Event
from shared.utils import correlation
from shared.utils.errors import Unavailable

__all__ = ["ConsumerGroup", "FeatureOff", "RetryPolicy", "UnsupportedVersion"]
BLOCK_MS = 5_000
BatchHandler = Callable[[Sequence[Event]], Awaitable[bool]]
"""Whether it has handled all of them; it may raise, and then they are handled one by one."""
log = structlog.get_logger("consumers")


class ConsumerGroup:
    """Consumer `consumer` (unique per process) of `group` on `streams`, and on `events:replay:<group>`.

    An entry is acknowledged after its handler has returned. `shared.utils.failures` classifies what the handler raises:

    - A peer is away: the entry is retried for as long as it takes, before newer ones. After `wait_seconds` it is listed in
      `events:waiting`, where it can be discarded, and entries of other people are tried beside it. If its peer serves one
      of those, the entry has failed. The same holds when the peer fails for five different entries in a row.
    - It failed: it is retried after a pause and goes to `events:dead` after the last attempt of `retry`; later entries do
      not wait for it.
    - It is refused: it goes to `events:dead` at once.

    UnsupportedVersion and FeatureOff park it in `events:aside`. Entries that a dead consumer has not finished are taken over
    after `claim_seconds`. Handlers must be idempotent by event id. A consumer holds at most a batch or two in memory: a slow
    one only makes its stream longer.
    """

    def __init__(
        self,
        connection: RedisConnection,
        *,
        group: str,
        streams: Sequence[str],
        consumer: str,
        claim_seconds: float = 30.0,
        wait_seconds: float = WAIT_SECONDS,
        retry: RetryPolicy | None = None,
        waits: Waits | None = None,
    ) -> None:
        self._connection = connection
        self._group = group
        self._consumer = consumer
        self._streams = (*streams, replay_stream(group))
        self._claim_seconds = claim_seconds
        self._next_claim = 0.0
        self._retries = Retries(connection, group, consumer, retry or RetryPolicy())
        self._settled = Settlement(connection, group, self._retries)
        claims = Claims(extend=self._extend_claims, read=self._read_now, seconds=claim_seconds / 3)
        self._handling = Handling(connection, self._settled, claims, waits or Waits(), wait_seconds)

    async def run(self, handler: Handler, *, handle_batch: BatchHandler | None = None) -> None:
        """Reads and handles until it is cancelled; outages of back-redis do not end it."""

        async def resume() -> None:
            await self.create()
            await self.step(handler, handle_batch=handle_batch)

        while True:
            await retry(
                resume,
                when=lambda error: isinstance(error, Unavailable | RedisCommandError),
                first=FIRST_PAUSE_SECONDS,
                longest=LONGEST_PAUSE_SECONDS,
                on_retry=self._report_loss,
            )
            try:
                while True:
                    await self.step(handler, handle_batch=handle_batch)
            except (Unavailable, RedisCommandError) as error:
                self._report_loss(error)

    def _report_loss(self, error: Exception, pause: float = 0.0) -> None:
        log.warning("stream lost", group=self._group, error=type(error).__name__, retry_in=round(pause, 2))

    async def create(self) -> None:
        """Creates group and streams when they are missing; a new group starts with the oldest entry."""
        for stream in self._streams:
            try:
                await self._connection.call("XGROUP", "CREATE", stream, self._group, "0", "MKSTREAM")
            except RedisCommandError as error:
                if not error.reason.startswith("BUSYGROUP"):
                    raise

    async def step(self, handler: Handler, *, handle_batch: BatchHandler | None = None) -> int:
        """One round: entries to retry, else those that others left behind, else new ones (waits up to two seconds for
        them). Returns how many."""
        count = LARGE_BATCH if handle_batch else BATCH
        entries = await self._retries.due() or await self.claim(count) or await self.read(count)
        if handle_batch and await self._try_batch(entries, handle_batch):
            return len(entries)
        await self._handling.handle(entries, handler)
        return len(entries)

    async def read(self, count: int = BATCH) -> list[Entry]:
        """New entries of all streams, up to `count` of each."""
        wait = max(1, min(BLOCK_MS, int(self._retries.seconds_to_next() * 1000)))
        reply: StreamReply | None = await self._connection.wait(*self._reading(count, "BLOCK", wait))
        return entries_of(reply)

    async def _read_now(self, count: int) -> list[Entry]:
        """New entries that are there already."""
        return entries_of(await self._connection.call(*self._reading(count)))

    def _reading(self, count: int, *more: Argument) -> Command:
        streams = (*self._streams, *(">" for _ in self._streams))
        return ("XREADGROUP", "GROUP", self._group, self._consumer, "COUNT", count, *more, "STREAMS", *streams)

    async def claim(self, count: int = BATCH) -> list[Entry]:
        """Entries that nobody acknowledged for `claim_seconds`, now ours; looks for them three times in that time."""
        if monotonic() < self._next_claim:
            return []
        claimed = [entry for stream in self._streams for entry in await self._claim(stream, count)]
        if not claimed:
            self._next_claim = monotonic() + self._claim_seconds / 3
        self._retries.discard(claimed)
        return [entry for entry in claimed if not await self._settled.drop_discarded(entry)]

    async def acknowledge(self, *entries: Entry) -> None:
        await self._settled.acknowledge(*entries)

    async def _claim(self, stream: str, count: int) -> list[Entry]:
        cursor = "0-0"
        idle = int(self._claim_seconds * 1000)
        while True:
            reply = await self._connection.call(
                "XAUTOCLAIM", stream, self._group, self._consumer, idle, cursor, "COUNT", count
            )
            cursor = str(reply[0])
            found = entries_of([(stream, reply[1])])
            if found or cursor == "0-0":
                return found

    async def _try_batch(self, entries: Sequence[Entry], handle_batch: BatchHandler) -> bool:
        events = [entry.event for entry in entries if entry.event]
        if len(events) < max(1, len(entries)):
            return False
        with correlation.bind(correlation.accept(events[0].correlation_id)):
            try:
                handled = await handle_batch(events)
            except Exception as error:  # noqa: BLE001 - the way one by one finds out which event it was, and waits where that helps
                log.warning("batch failed", group=self._group, count=len(events), error=type(error).__name__)
                return False
            if handled:
                await self._settled.acknowledge(*entries)
        return handled

    async def _extend_claims(self, entries: Iterable[Entry]) -> None:
        """Renews our claims on `entries`."""
        for stream in {entry.stream for entry in entries}:
            ids = [entry.id for entry in entries if entry.stream == stream]
            await self._connection.call("XCLAIM", stream, self._group, self._consumer, 0, *ids, "JUSTID")
