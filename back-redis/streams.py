"""Domain events on Redis Streams `events:<family>`: appended by the outbox relay, read by consumer groups, handled at least once."""

from back_redis.connection import NAME, Command, RedisConnection
from shared.chassis import tracing
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
        if not events:
            return []
        commands = [append_command(event) for event in events]
        one, *more = commands
        ids = await self._connection.transaction(*commands) if more else [await self._connection.call(*one)]
        for event in events:
            tracing.sent(NAME, f"publish {event.type}", event.traceparent)
        return ids


def append_command(event: Event) -> Command:
    return ("XADD", event.stream, "MAXLEN", "~", KEPT_ENTRIES, "*", "event", event.model_dump_json())
