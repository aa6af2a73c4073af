"""Domain events on Redis Streams `events:<family>`: appended by the outbox relay, read by consumer groups, handled at least once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from back_redis.connection import Command, RedisConnection
from shared.models.events import Event

DEAD_LETTERS = "events:dead"
ASIDE = "events:aside"
KEPT_ENTRIES = 100_000
KEPT_DEAD_LETTERS = 10_000
KEPT_ASIDE = 100_000
FieldsById = Sequence[tuple[str, Mapping[str, Any] | None]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a stream, delivered to a consumer; `event` is None when its text is not an event."""

    stream: str
    id: str
    event: Event | None
    text: str


class StreamWriter:
    """Raises Unavailable when back-redis is not there."""

    def __init__(self, connection: RedisConnection) -> None:
        self._connection = connection

    async def append(self, *events: Event) -> list[str]:
        """Appends each event to its stream, in order and all or none; the entries' ids."""
        if len(events) == 1:
            return [await self._connection.call(*append_command(events[0]))]
        return await self._connection.transaction(*(append_command(event) for event in events)) if events else []


def append_command(event: Event) -> Command:
    return ("XADD", event.stream, "MAXLEN", "~", KEPT_ENTRIES, "*", "event", event.model_dump_json())


def replay_stream(group: str) -> str:
    """Where what `group` is to handle once more stands until it has."""
    return f"events:replay:{group}"


def entries_of(reply: Iterable[tuple[str, FieldsById]] | None) -> list[Entry]:
    """The entries in a reply of `(stream, [(id, fields)])`."""
    return [_entry(stream, *entry) for stream, entries in reply or () for entry in entries]


def _entry(stream: str, entry_id: str, fields: Mapping[str, Any] | None) -> Entry:
    text = str((fields or {}).get("event", ""))
    return Entry(stream=stream, id=entry_id, event=event_in(text), text=text)


def event_in(text: str) -> Event | None:
    """The event that `text` is the JSON of; None when it is none."""
    try:
        return Event.model_validate_json(text)
    except ValidationError:
        return None
