"""The length of each stream, and how far each consumer group has come."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from time import time
from typing import Any

from back_redis.connection import RedisConnection
from back_redis.streams import pairs
from shared.models.event_streams import EventStream, StreamGroup

About = Mapping[str, Any]


async def stream_stats(connection: RedisConnection, streams: Iterable[str]) -> list[EventStream]:
    """Figures of those of `streams` that exist. Raises Unavailable."""
    found = [await _stream(connection, name) for name in streams]
    return [stream for stream in found if stream]


async def xinfo(connection: RedisConnection, name: str) -> tuple[About, list[About]] | None:
    """XINFO of the stream and of each of its groups; None when there is no such stream. Raises Unavailable."""
    if not await connection.call("EXISTS", name):  # an error would make its request one that failed, in its trace
        return None
    stream = pairs(await connection.call("XINFO", "STREAM", name))
    return stream, [pairs(group) for group in await connection.call("XINFO", "GROUPS", name)]


async def _stream(connection: RedisConnection, name: str) -> EventStream | None:
    found = await xinfo(connection, name)
    if found is None:
        return None
    stream, groups = found
    return EventStream(
        name=name,
        length=stream["length"],
        last_at=appended_at(stream["last-entry"][0]) if stream["last-entry"] else None,
        groups=[await _group(connection, name, group, stream["length"]) for group in groups],
    )


async def _group(connection: RedisConnection, stream: str, group: Any, length: int) -> StreamGroup:
    _, oldest, *_ = await connection.call("XPENDING", stream, group["name"])
    return StreamGroup(
        name=group["name"],
        consumers=group["consumers"],
        pending=group["pending"],
        lag=length if group["lag"] is None else group["lag"],
        oldest_pending_seconds=max(0.0, time() - int(oldest.partition("-")[0]) / 1000) if oldest else 0.0,
    )


def appended_at(entry_id: str) -> datetime:
    """When an entry was appended, from its id."""
    return datetime.fromtimestamp(int(entry_id.partition("-")[0]) / 1000, UTC)
