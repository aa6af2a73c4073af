"""Domain events on Redis Streams `events:<family>`: appended by the outbox relay, read by consumer groups, handled at least once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import structlog
from pydantic import BaseModel, ValidationError

from back_redis.connection import NAME, Command, RedisCommandError, RedisConnection
from shared.chassis import tracing
from shared.models.events import Event

DEAD_LETTERS = "events:dead"
PARKED = "events:aside"
KEPT_DEAD_LETTERS = 10_000
KEPT_PARKED = 100_000
LONGEST_EVENT = 256 * 1024
log = structlog.get_logger("streams")
FieldsById = Sequence[tuple[str, Mapping[str, Any] | None]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a stream, delivered to a consumer; `event` is None when its text is not an event."""

    stream: str
    id: str
    event: Event | None
    text: str


class Message(NamedTuple):
    """An event's JSON on its way to a stream; order is kept among those of one `aggregate`."""

    stream: str
    aggregate: str
    text: bytes


class StreamWriter:
    """Raises Unavailable when back-redis is not there, or full.

    `back_redis.trimmer` trims the streams. Only a writer without an outbox trims here, to at `most` so many entries.
    """

    def __init__(self, connection: RedisConnection, *, most: int | None = None) -> None:
        self._connection = connection
        self._limit: Command = ("MAXLEN", "~", most) if most else ()

    async def append(self, *events: Event) -> list[str]:
        """Appends each event to its stream, in order, all or none. Returns the entries' ids."""
        if not events:
            return []
        one, *more = [event_command(event, self._limit) for event in events]
        ids = await self._connection.transaction(one, *more) if more else [await self._connection.call(*one)]
        for event in events:
            tracing.record_publish(NAME, f"publish {event.type}", event.traceparent)
        return ids

    async def send(self, messages: Sequence[Message]) -> list[str | None]:
        """Appends all, in order; for each of them why it was refused, or None. After one that is refused, later ones of
        its aggregate are refused as well. Raises Unavailable, and then none of them counts as sent."""
        if all(len(message.text) <= LONGEST_EVENT for message in messages):
            try:
                await self._connection.transaction(*(append_command(each.stream, each.text) for each in messages))
            except RedisCommandError:
                log.warning("batch refused; sending one by one", count=len(messages))
            else:
                return [None] * len(messages)
        return await self._one_by_one(messages)

    async def backlogs(self, streams: Sequence[str]) -> dict[str, int]:
        """For each stream, how many entries the group that is furthest behind has not handled."""
        found: dict[str, int] = {}
        for stream in streams:
            groups = await self._connection.call("XINFO", "GROUPS", stream)
            found[stream] = max((pairs(group)["pending"] + (pairs(group)["lag"] or 0) for group in groups), default=0)
        return found

    async def _one_by_one(self, messages: Sequence[Message]) -> list[str | None]:
        """Appends one by one, which is slower but shows which one was refused."""
        refusals: list[str | None] = []
        behind: dict[str, str] = {}
        for each in messages:
            refusal = behind.get(each.aggregate) or await self._refusal(each)
            refusals.append(refusal)
            if refusal:
                behind[each.aggregate] = "waits for an earlier event of its aggregate"
        return refusals

    async def _refusal(self, message: Message) -> str | None:
        if len(message.text) > LONGEST_EVENT:
            return f"it has {len(message.text)} bytes, and may have {LONGEST_EVENT}"
        try:
            await self._connection.call(*append_command(message.stream, message.text))
        except RedisCommandError as error:
            return error.reason
        return None


def append_command(stream: str, text: str | bytes, limit: Command = ()) -> Command:
    return ("XADD", stream, *limit, "*", "event", text)


def event_command(event: Event, limit: Command = ()) -> Command:
    return append_command(event.stream, event.model_dump_json(), limit)


def fields_of(entry: BaseModel) -> Command:
    """The fields of an entry that holds more than an event, all text, as XADD takes them."""
    return tuple(chain.from_iterable(entry.model_dump().items()))


def pairs(reply: Sequence[Any] | Mapping[str, Any]) -> Mapping[str, Any]:
    """XINFO's alternating names and values, as a mapping."""
    return reply if isinstance(reply, Mapping) else dict(zip(reply[::2], reply[1::2], strict=True))


def replay_stream(group: str) -> str:
    """The stream of entries that `group` is to handle again."""
    return f"events:replay:{group}"


def entries_of(reply: Iterable[tuple[str, FieldsById]] | None) -> list[Entry]:
    """The entries in a reply of `(stream, [(id, fields)])`."""
    return [_entry(stream, *entry) for stream, entries in reply or () for entry in entries]


def _entry(stream: str, entry_id: str, fields: Mapping[str, Any] | None) -> Entry:
    text = str((fields or {}).get("event", ""))
    return Entry(stream=stream, id=entry_id, event=event_in(text), text=text)


def event_in(text: str) -> Event | None:
    """The event in the JSON `text`; None when it is not an event."""
    try:
        return Event.model_validate_json(text)
    except ValidationError:
        return None
