"""Domain events on Redis Streams `events:<family>`: appended by the outbox relay, read by consumer groups, handled at least once."""

from back_redis.connection import Command, RedisConnection
from shared.models.base import Entity
from shared.models.events import Event

DEAD_LETTERS = "events:dead"
KEPT_ENTRIES = 100_000
KEPT_DEAD_LETTERS = 10_000


class Entry(Entity):
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
