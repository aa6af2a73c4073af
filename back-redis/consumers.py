"""Consumer groups: several consumers share a group's entries, and take over those of one that died."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

import structlog
from prometheus_client import Counter

from back_redis.connection import Command, RedisConnection, Refused, StreamReply
from back_redis.retries import KeptAside, Retries, RetryPolicy
from back_redis.streams import (
    ASIDE,
    DEAD_LETTERS,
    KEPT_ASIDE,
    KEPT_DEAD_LETTERS,
    Entry,
    entries_of,
    fields_of,
    replay_stream,
)
from shared.models.event_streams import BuriedEntry
from shared.models.events import Event
from shared.utils import correlation
from shared.utils.errors import Unavailable

__all__ = ["ConsumerGroup", "KeptAside", "RetryPolicy"]
BLOCK_MS = 5_000
BATCH, TOGETHER_BATCH = 50, 500
LONGEST_PAUSE_SECONDS = 5.0
TROUBLES = Counter("event_troubles_total", "Events that a handler did not handle at once.", ["consumer", "then"])
Handler = Callable[[Event], Awaitable[None]]
BatchHandler = Callable[[Sequence[Event]], Awaitable[bool]]
"""Whether it has handled all of them; it may raise, and then they are handled one by one."""
log = structlog.get_logger("consumers")


class ConsumerGroup:
    """Consumer `consumer` (unique a process) of `group` on `streams`, and on `events:replay:<group>`.

    An entry is acknowledged after its handler returned. When the handler raises Unavailable it is tried again, for as long
    as it takes and before anything newer, so that order holds. KeptAside moves it to `events:aside`. When it raises anything
    else the entry comes again after a pause, and goes to `events:dead` with the last attempt of `retry`; later entries do
    not wait for it. What a consumer that died has not finished is taken over after `claim_seconds`. Handlers are
    idempotent by event id. It holds one batch in memory, so a slow one makes its stream longer, and nothing else.
    """

    def __init__(
        self,
        connection: RedisConnection,
        *,
        group: str,
        streams: Sequence[str],
        consumer: str,
        claim_seconds: float = 30.0,
        retry: RetryPolicy | None = None,
    ) -> None:
        self._connection = connection
        self._group, self._consumer = group, consumer
        self._streams = (*streams, replay_stream(group))
        self._claim_seconds = claim_seconds
        self._next_claim = 0.0
        self._retries = Retries(connection, group, consumer, retry or RetryPolicy())

    async def run(self, handler: Handler, *, together: BatchHandler | None = None) -> None:
        """Reads and handles until it is cancelled, whatever happens to back-redis."""
        pause = 0.1
        while True:
            try:
                await self.create()
                while True:
                    await self.step(handler, together=together)
                    pause = 0.1
            except (Unavailable, Refused) as error:
                log.warning("stream lost", group=self._group, error=type(error).__name__, retry_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def create(self) -> None:
        """Makes group and streams when they are missing; a new group starts with the oldest entry."""
        for stream in self._streams:
            try:
                await self._connection.call("XGROUP", "CREATE", stream, self._group, "0", "MKSTREAM")
            except Refused as error:
                if not error.reason.startswith("BUSYGROUP"):
                    raise

    async def step(self, handler: Handler, *, together: BatchHandler | None = None) -> int:
        """One round: what is to be tried again, else what others left behind, else what is new (waits up to two seconds
        for it); how many entries that were."""
        count = TOGETHER_BATCH if together else BATCH
        entries = await self._retries.due() or await self.claim(count) or await self.read(count)
        if together and await self._handled_together(entries, together):
            return len(entries)
        kept_at = monotonic()
        for number, entry in enumerate(entries):
            if monotonic() - kept_at > self._claim_seconds / 3:
                await self._keep(entries[number:])
                kept_at = monotonic()
            await self._handle(entry, handler, entries[number:])
        return len(entries)

    async def read(self, count: int = BATCH) -> list[Entry]:
        """New entries of all streams, up to `count` of each."""
        wait = max(1, min(BLOCK_MS, int(self._retries.seconds_to_next() * 1000)))
        reply: StreamReply | None = await self._connection.wait(
            "XREADGROUP", "GROUP", self._group, self._consumer, "COUNT", count, "BLOCK", wait,
            "STREAMS", *self._streams, *(">" for _ in self._streams),
        )  # fmt: skip
        return entries_of(reply)

    async def claim(self, count: int = BATCH) -> list[Entry]:
        """Entries that nobody acknowledged for `claim_seconds`, now ours; looks for them three times in that time."""
        if monotonic() < self._next_claim:
            return []
        claimed = [entry for stream in self._streams for entry in await self._claim(stream, count)]
        if not claimed:
            self._next_claim = monotonic() + self._claim_seconds / 3
        self._retries.forget(claimed)
        return claimed

    async def _claim(self, stream: str, count: int) -> list[Entry]:
        cursor, idle = "0-0", int(self._claim_seconds * 1000)
        while True:
            reply = await self._connection.call(
                "XAUTOCLAIM", stream, self._group, self._consumer, idle, cursor, "COUNT", count
            )
            cursor, found = str(reply[0]), entries_of([(stream, reply[1])])
            if found or cursor == "0-0":
                return found

    async def acknowledge(self, *entries: Entry) -> None:
        await self._all_or_none(*self._acknowledgements(entries))

    async def bury(self, entry: Entry, error: str, *, deliveries: int = 1) -> None:
        """Moves an entry to the dead letters, with the reason."""
        log.error("event buried", group=self._group, stream=entry.stream, entry=entry.id, error=error)
        await self._move(entry, DEAD_LETTERS, KEPT_DEAD_LETTERS, error, deliveries)

    async def set_aside(self, entry: Entry, reason: str) -> None:
        """Moves an entry that only a newer consumer can handle to `events:aside`, from where it can be replayed."""
        log.warning("event kept aside", group=self._group, stream=entry.stream, entry=entry.id, reason=reason)
        await self._move(entry, ASIDE, KEPT_ASIDE, reason, 1)

    async def _move(self, entry: Entry, to: str, most: int, error: str, deliveries: int) -> None:
        TROUBLES.labels(self._group, "buried" if to == DEAD_LETTERS else "kept aside").inc()
        buried = BuriedEntry(
            event=entry.text,
            stream=entry.stream,
            entry=entry.id,
            group=self._group,
            error=error,
            deliveries=str(deliveries),
        )
        add: Command = ("XADD", to, "MAXLEN", "~", most, "*", *fields_of(buried))
        await self._all_or_none(add, *self._acknowledgements([entry]))

    def _acknowledgements(self, entries: Sequence[Entry]) -> list[Command]:
        """One command a stream; what was replayed is also taken out, so that its stream shows what remains."""
        ids: defaultdict[str, list[str]] = defaultdict(list)
        for entry in entries:
            ids[entry.stream].append(entry.id)
        commands: list[Command] = [("XACK", stream, self._group, *found) for stream, found in ids.items()]
        replay = replay_stream(self._group)
        return [*commands, ("XDEL", replay, *ids[replay])] if replay in ids else commands

    async def _all_or_none(self, *commands: Command) -> None:
        if len(commands) == 1:
            await self._connection.call(*commands[0])
        elif commands:
            await self._connection.transaction(*commands)

    async def _handled_together(self, entries: Sequence[Entry], together: BatchHandler) -> bool:
        events = [entry.event for entry in entries if entry.event]
        if len(events) < max(1, len(entries)):
            return False
        with correlation.bind(correlation.accept(events[0].correlation_id)):
            try:
                handled = await together(events)
            except Exception as error:  # noqa: BLE001 - the way one by one finds out which event it was, and waits where that helps
                log.warning("batch failed", group=self._group, count=len(events), error=type(error).__name__)
                return False
            if handled:
                await self.acknowledge(*entries)
        return handled

    async def _handle(self, entry: Entry, handler: Handler, unfinished: Sequence[Entry]) -> None:
        if entry.event is None:
            await self.bury(entry, "not an event")
            return
        with correlation.bind(correlation.accept(entry.event.correlation_id)):
            pause = 0.1
            while await self._must_wait(entry, entry.event, handler):
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                await self._keep(unfinished)

    async def _must_wait(self, entry: Entry, event: Event, handler: Handler) -> bool:
        """Whether the handler needs something that is not there now; else the entry is done, moved away or put off."""
        try:
            await handler(event)
        except Unavailable as error:
            TROUBLES.labels(self._group, "waits").inc()
            log.warning("event waits", group=self._group, event_id=event.id, dependency=error.dependency)
            return True
        except KeptAside as reason:
            await self.set_aside(entry, str(reason))
        except Exception as error:  # noqa: BLE001 - whatever it is, this entry must not stop the others
            await self._failed(entry, error)
        else:
            await self.acknowledge(entry)
        return False

    async def _keep(self, entries: Sequence[Entry]) -> None:
        """Tells the group that we are still alive and working on `entries`."""
        for stream in {entry.stream for entry in entries}:
            ids = [entry.id for entry in entries if entry.stream == stream]
            await self._connection.call("XCLAIM", stream, self._group, self._consumer, 0, *ids, "JUSTID")

    async def _failed(self, entry: Entry, error: Exception) -> None:
        deliveries = await self._retries.deliveries(entry)
        log.error("event failed", group=self._group, entry=entry.id, deliveries=deliveries, exc_info=error)
        if self._retries.used_up(deliveries):
            await self.bury(entry, f"{type(error).__name__}: {error}"[:500], deliveries=deliveries)
        else:
            TROUBLES.labels(self._group, "retried").inc()
            self._retries.later(entry, deliveries)
