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
    """Figures of those of `streams` that exist, in three round trips. Raises Unavailable."""
    found = await xinfo(connection, streams)
    asked = [(name, group["name"]) for name, (_, groups) in found.items() for group in groups]
    pending = await connection.pipeline(*(("XPENDING", *each) for each in asked))
    oldest = {each: reply[1] for each, reply in zip(asked, pending, strict=True)}
    return [_stream(name, about, groups, oldest) for name, (about, groups) in found.items()]


async def xinfo(connection: RedisConnection, streams: Iterable[str]) -> dict[str, tuple[About, list[About]]]:
    """XINFO of each of `streams` that exists, and of each of its groups, in two round trips. Raises Unavailable."""
    known = list(streams)
    # an error of XINFO would make its request one that failed, in its trace
    exist = await connection.pipeline(*(("EXISTS", name) for name in known))
    names = [name for name, exists in zip(known, exist, strict=True) if exists]
    found = await connection.pipeline(*(("XINFO", about, name) for about in ("STREAM", "GROUPS") for name in names))
    groups = [[pairs(group) for group in some] for some in found[len(names) :]]
    return {name: (pairs(about), own) for name, about, own in zip(names, found, groups, strict=False)}


def _stream(
    name: str, about: About, groups: Iterable[About], oldest: Mapping[tuple[str, str], str | None]
) -> EventStream:
    return EventStream(
        name=name,
        length=about["length"],
        last_at=appended_at(about["last-entry"][0]) if about["last-entry"] else None,
        groups=[_group(group, about["length"], oldest[name, group["name"]]) for group in groups],
    )


def _group(group: About, length: int, oldest: str | None) -> StreamGroup:
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
