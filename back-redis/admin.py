"""Operations of administrators on events: list the newest, list dead and parked ones, replay and discard them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from back_redis.connection import Command, RedisConnection
from back_redis.memory import memory_of
from back_redis.stream_info import appended_at, stream_stats
from back_redis.streams import DEAD_LETTERS, PARKED, append_command, event_command, event_in, replay_stream
from back_redis.waiting import WAITING, discard_commands
from shared.models.base import Page
from shared.models.event_streams import DeadLetter, EventStream, RecentEvent, Replay, StoreMemory, StreamDeadLetterKind
from shared.models.events import Event
from shared.utils import cursors
from shared.utils.errors import Conflict, Invalid, NotFound
from shared.utils.masking import masked

DEAD_LETTER_STREAMS: dict[StreamDeadLetterKind, str] = {"dead": DEAD_LETTERS, "aside": PARKED, "waiting": WAITING}
MOST_REPLAYED = 50_000
CHUNK = 500
DEAD_LETTERS_SEARCHED = 1_000
LARGEST_PART = 2**64 - 1
_ENTRY = re.compile(r"[0-9]{1,20}-[0-9]{1,20}")
Fields = Mapping[str, str]
BuildDeadLetterEvent = Callable[[DeadLetter], Event]
BuildReplayEvent = Callable[[Replay], Event]


class EventAdmin:
    """Every method raises Unavailable when back-redis is not there.

    Every change takes `build_event` and appends its event in the same transaction.
    """

    def __init__(self, connection: RedisConnection) -> None:
        self._connection = connection

    async def streams(self, names: Iterable[str]) -> list[EventStream]:
        return await stream_stats(self._connection, names)

    async def memory(self) -> StoreMemory:
        return await memory_of(self._connection)

    async def counts(self) -> dict[StreamDeadLetterKind, int]:
        """How many dead letters there are of each kind."""
        lengths = await self._connection.pipeline(*(("XLEN", key) for key in DEAD_LETTER_STREAMS.values()))
        return dict(zip(DEAD_LETTER_STREAMS, lengths, strict=True))

    async def list_recent_events(self, streams: Sequence[str], limit: int) -> list[RecentEvent]:
        """The newest of `streams` together, newest first, with masked addresses.

        Each stream numbers its own entries: within a millisecond the events' own ids give the order.
        """
        found: list[RecentEvent] = []
        for stream in streams:
            for entry_id, fields in await self._newest(stream, "+", limit):
                event = event_in(masked(fields.get("event", "")))
                if event:
                    found.append(RecentEvent(stream=stream, entry_id=entry_id, event=event))
        return sorted(found, key=lambda each: (*_order(each.entry_id), each.event.id), reverse=True)[:limit]

    async def list_dead_letters(
        self, kind: StreamDeadLetterKind, *, limit: int, cursor: str | None
    ) -> Page[DeadLetter]:
        """Newest first. Raises Invalid when `cursor` is not one of this list."""
        before = "(" + _entry_id(cursors.decode(cursor, 1)[0]) if cursor else "+"
        rows = await self._newest(DEAD_LETTER_STREAMS[kind], before, limit + 1)
        dead_letters = [_dead_letter(kind, *row) for row in rows[:limit]]
        return Page(items=dead_letters, next_cursor=cursors.encode(dead_letters[-1].id) if len(rows) > limit else None)

    async def read_event(self, stream: str, entry_id: str) -> RecentEvent:
        """One entry, with masked addresses. Raises NotFound, also when it holds no event."""
        fields = await self._entry(stream, entry_id)
        event = event_in(masked(fields.get("event", ""))) if fields else None
        if event is None:
            raise NotFound("There is no such event.")
        return RecentEvent(stream=stream, entry_id=entry_id, event=event)

    async def read_dead_letter(self, kind: StreamDeadLetterKind, letter_id: str) -> DeadLetter:
        """Raises NotFound."""
        fields = await self._entry(DEAD_LETTER_STREAMS[kind], letter_id)
        if not fields:
            raise NotFound("There is no such dead letter.")
        return _dead_letter(kind, letter_id, fields)

    async def dead_letters_of(self, event_id: str, since: str) -> list[DeadLetter]:
        """Those that hold this event, of the first 1,000 of each kind since the entry `since`, oldest first."""
        first = since.partition("-")[0]
        found: list[DeadLetter] = []
        for kind, key in DEAD_LETTER_STREAMS.items():
            rows = await self._connection.call("XRANGE", key, first, "+", "COUNT", DEAD_LETTERS_SEARCHED)
            dead_letters = [_dead_letter(kind, *row) for row in rows if event_id in row[1].get("event", "")]
            found += [each for each in dead_letters if each.event and each.event.id == event_id]
        return found

    async def _entry(self, key: str, entry_id: str) -> Fields | None:
        if not _is_entry_id(entry_id):
            return None
        rows: list[tuple[str, Fields]] = await self._connection.call("XRANGE", key, entry_id, entry_id)
        return rows[0][1] if rows else None

    async def replay_dead_letter(
        self, kind: StreamDeadLetterKind, letter_id: str, build_event: BuildDeadLetterEvent
    ) -> None:
        """Delivers it to its group again and removes it from the list, once.

        Raises:
            NotFound: there is no such dead letter.
            Conflict: it is being retried already.
        """
        if kind == "waiting":
            raise Conflict("This event is tried again by itself. Mend what it waits for, or discard it.")

        def again(fields: Fields) -> list[Command]:
            return [append_command(replay_stream(fields["group"]), fields["event"])]

        await self._take_off(kind, letter_id, build_event, again)

    async def discard(self, kind: StreamDeadLetterKind, letter_id: str, build_event: BuildDeadLetterEvent) -> None:
        """Removes it. Raises NotFound, also the second time."""
        await self._take_off(kind, letter_id, build_event, discard_commands if kind == "waiting" else lambda _: [])

    async def _take_off(
        self,
        kind: StreamDeadLetterKind,
        letter_id: str,
        build_event: BuildDeadLetterEvent,
        more: Callable[[Fields], list[Command]],
    ) -> None:
        _known(letter_id)
        key = DEAD_LETTER_STREAMS[kind]

        def plan(found: Sequence[tuple[str, Fields]]) -> tuple[list[Command], None]:
            if not found:
                raise NotFound("There is no such dead letter.")
            fields = found[0][1]
            event = build_event(_dead_letter(kind, letter_id, fields))
            return [*more(fields), ("XDEL", key, letter_id), event_command(event)], None

        await self._connection.update(key, ("XRANGE", key, letter_id, letter_id), plan)

    async def replay(self, group: str, stream: str, from_id: str, build_event: BuildReplayEvent) -> Replay:
        """Delivers the entries of `stream` from `from_id` on to `group` again.

        Raises:
            NotFound: the stream has no such group.
            Invalid: that would be more than 50,000 entries.
        """
        (about,) = await stream_stats(self._connection, [stream]) or [None]
        if about is None or group not in {each.name for each in about.groups}:
            raise NotFound("There is no such stream, or it has no such group.")
        texts = await self._texts(stream, from_id)
        made = Replay(group=group, stream=stream, entries=len(texts))
        commands = [event_command(build_event(made)), *(append_command(replay_stream(group), text) for text in texts)]
        for start in range(0, len(commands), CHUNK):
            await self._connection.transaction(*commands[start : start + CHUNK])
        return made

    async def _texts(self, stream: str, from_id: str) -> list[str]:
        texts: list[str] = []
        first = from_id
        while rows := await self._connection.call("XRANGE", stream, first, "+", "COUNT", CHUNK):
            texts += [fields.get("event", "") for _, fields in rows]
            first = "(" + rows[-1][0]
            if len(texts) > MOST_REPLAYED:
                raise Invalid.field("from_id", f"has more than {MOST_REPLAYED} entries behind it")
        return texts

    async def _newest(self, key: str, before: str, count: int) -> list[tuple[str, Any]]:
        return await self._connection.call("XREVRANGE", key, before, "-", "COUNT", count)


def _dead_letter(kind: StreamDeadLetterKind, entry_id: str, fields: Fields) -> DeadLetter:
    text = masked(fields.get("event", ""))
    return DeadLetter(
        id=entry_id,
        kind=kind,
        stream=fields.get("stream", ""),
        entry_id=fields.get("entry", ""),
        group=fields.get("group", ""),
        error=masked(fields.get("error", "")),
        buried_at=appended_at(entry_id),
        deliveries=int(fields["deliveries"]) if "deliveries" in fields else None,
        event=event_in(text),
        text=text,
    )


def _is_entry_id(text: str) -> bool:
    """Two numbers of 64 bits (https://redis.io/docs/latest/develop/data-types/streams/#entry-ids)."""
    return bool(_ENTRY.fullmatch(text)) and all(int(part) <= LARGEST_PART for part in text.split("-"))


def _known(letter_id: str) -> None:
    if not _is_entry_id(letter_id):
        raise NotFound("There is no such dead letter.")


def _entry_id(text: str) -> str:
    if not _is_entry_id(text):
        raise Invalid.field("cursor", "is not a cursor that this list gave out")
    return text


def _order(entry_id: str) -> tuple[int, int]:
    milliseconds, _, number = entry_id.partition("-")
    return int(milliseconds), int(number)
