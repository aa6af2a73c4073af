"""Consumer groups: several consumers share a group's entries, and take over those of one that died."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog
from pydantic import ValidationError

from back_redis.connection import RedisConnection, Refused, StreamReply
from back_redis.streams import DEAD_LETTERS, KEPT_DEAD_LETTERS, Entry
from shared.models.events import Event
from shared.utils import correlation
from shared.utils.errors import Unavailable

BLOCK_MS = 2_000
BATCH = 50
MAX_DELIVERIES = 5
LONGEST_PAUSE_SECONDS = 5.0
Handler = Callable[[Event], Awaitable[None]]
BatchHandler = Callable[[Sequence[Event]], Awaitable[bool]]
"""Whether it has handled all of them; it may raise, and then they are handled one by one."""
log = structlog.get_logger("consumers")


class ConsumerGroup:
    """Consumer `consumer` (unique a process) of `group` on `streams`.

    An entry is acknowledged after its handler returned. When the handler raises Unavailable it is tried again, for as long
    as it takes and before anything newer, so that order holds. When it raises anything else the entry stays pending, comes
    again after `claim_seconds`, and goes to `events:dead` with its fifth delivery. Handlers are idempotent by event id.
    """

    def __init__(
        self,
        connection: RedisConnection,
        *,
        group: str,
        streams: Sequence[str],
        consumer: str,
        claim_seconds: float = 30.0,
    ) -> None:
        self._connection = connection
        self._group, self._streams, self._consumer = group, tuple(streams), consumer
        self._claim_ms = int(claim_seconds * 1000)

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
        """One round: what others left behind, then what is new (waits up to two seconds for it); how many were handled."""
        entries = await self.claim() or await self.read()
        if together and await self._handled_together(entries, together):
            return len(entries)
        for number, entry in enumerate(entries):
            await self._handle(entry, handler, entries[number:])
        return len(entries)

    async def read(self) -> list[Entry]:
        """New entries of all streams."""
        cursors = (">" for _ in self._streams)
        reply: StreamReply | None = await self._connection.wait(
            "XREADGROUP", "GROUP", self._group, self._consumer, "COUNT", BATCH, "BLOCK", BLOCK_MS,
            "STREAMS", *self._streams, *cursors,
        )  # fmt: skip
        return [_entry(stream, *entry) for stream, entries in reply or [] for entry in entries]

    async def claim(self) -> list[Entry]:
        """Entries that nobody acknowledged for `claim_seconds`, now ours."""
        claimed: list[Entry] = []
        for stream in self._streams:
            reply = await self._connection.call(
                "XAUTOCLAIM", stream, self._group, self._consumer, self._claim_ms, "0-0", "COUNT", BATCH
            )
            claimed += [_entry(stream, *entry) for entry in reply[1]]
        return claimed

    async def acknowledge(self, *entries: Entry) -> None:
        await self._connection.transaction(*(("XACK", entry.stream, self._group, entry.id) for entry in entries))

    async def bury(self, entry: Entry, error: str) -> None:
        """Moves an entry to the dead letters, with the reason."""
        log.error("event buried", group=self._group, stream=entry.stream, entry=entry.id, error=error)
        fields = ("event", entry.text, "stream", entry.stream, "entry", entry.id, "group", self._group, "error", error)
        await self._connection.transaction(
            ("XADD", DEAD_LETTERS, "MAXLEN", "~", KEPT_DEAD_LETTERS, "*", *fields),
            ("XACK", entry.stream, self._group, entry.id),
        )

    async def _handled_together(self, entries: Sequence[Entry], together: BatchHandler) -> bool:
        events = [entry.event for entry in entries if entry.event]
        if len(events) < max(1, len(entries)):
            return False
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
        """Whether the handler needs something that is not there now; else the entry is done or has failed."""
        try:
            await handler(event)
        except Unavailable as error:
            log.warning("event waits", group=self._group, event_id=event.id, dependency=error.dependency)
            return True
        except Exception as error:  # noqa: BLE001 - whatever it is, this entry must not stop the others
            await self._failed(entry, error)
        else:
            await self.acknowledge(entry)
        return False

    async def _keep(self, entries: Sequence[Entry]) -> None:
        """Tells the group that we are still alive and working on `entries`."""
        for entry in entries:
            await self._connection.call("XCLAIM", entry.stream, self._group, self._consumer, 0, entry.id, "JUSTID")

    async def _failed(self, entry: Entry, error: Exception) -> None:
        pending = await self._connection.call("XPENDING", entry.stream, self._group, entry.id, entry.id, 1)
        deliveries = int(pending[0][3]) if pending else 0
        log.error("event failed", group=self._group, entry=entry.id, deliveries=deliveries, exc_info=error)
        if deliveries >= MAX_DELIVERIES:
            await self.bury(entry, f"{type(error).__name__}: {error}"[:500])


def _entry(stream: str, entry_id: str, fields: Mapping[str, Any] | None) -> Entry:
    text = str((fields or {}).get("event", ""))
    try:
        event = Event.model_validate_json(text)
    except ValidationError:
        event = None
    return Entry(stream=stream, id=entry_id, event=event, text=text)
