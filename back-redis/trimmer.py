"""Trims the streams, but never an entry that some consumer group has not handled."""

from collections import defaultdict, deque

import structlog
from prometheus_client import Counter

from back_redis.connection import RedisConnection
from back_redis.stream_info import About, xinfo
from back_redis.streams import pairs

KEPT_ENTRIES = 20_000
"""The approximate number of entries that stay for a replay, handled or not."""
GONE_MS = 600_000
LOST = Counter("events_lost_total", "Entries that were trimmed before a group had them.", ["stream", "group"])
Id = tuple[int, int]
log = structlog.get_logger("trimmer")


class StreamTrimmer:
    """Trims a stream to about `kept` entries, never past the oldest entry that some consumer group has not acknowledged.

    The position is learned by observation, so entries older than this process are left alone.
    """

    def __init__(self, connection: RedisConnection, *, kept: int = KEPT_ENTRIES) -> None:
        self._connection = connection
        self._kept = kept
        self._seen: defaultdict[str, deque[tuple[int, Id]]] = defaultdict(deque)
        self._lost: dict[tuple[str, str], int] = {}

    async def trim(self, stream: str) -> int:
        """Trims `stream` and deletes consumers that are gone. Returns how many entries were removed."""
        found = await xinfo(self._connection, [stream])
        if stream not in found:
            return 0
        about, groups = found[stream]
        for group in groups:
            self._report_losses(stream, group, about)
            await self._delete_gone_consumers(stream, group["name"])
        old = self._enough_back(stream, about)
        handled = await self._handled_by_all(stream, groups)
        if old is None or handled is None:
            return 0
        return await self._xtrim(stream, _text(min(old, handled)))

    async def _xtrim(self, stream: str, first: str) -> int:
        """In steps of the server's own, ten thousand entries each, so that nobody waits long for one of them."""
        gone = 0
        while step := await self._connection.call("XTRIM", stream, "MINID", "~", first):
            gone += step
        return gone

    def _enough_back(self, stream: str, about: About) -> Id | None:
        """An entry with at least `kept` behind it, of those that were the last one when they were seen."""
        seen = self._seen[stream]
        added = int(about["entries-added"])
        if seen and seen[-1][0] > added:  # another stream of that name
            seen.clear()
        seen.append((added, _id(about["last-generated-id"])))
        while len(seen) > 1 and seen[1][0] <= added - self._kept:
            seen.popleft()
        return seen[0][1] if seen[0][0] <= added - self._kept else None

    async def _handled_by_all(self, stream: str, groups: list[About]) -> Id | None:
        """All entries before this one are handled by each group; None while there is no group."""
        marks: list[Id] = []
        for group in groups:
            _, oldest, *_ = await self._connection.call("XPENDING", stream, group["name"])
            marks.append(_id(oldest or group["last-delivered-id"]))
        return min(marks, default=None)

    def _report_losses(self, stream: str, group: About, about: About) -> None:
        """Counts lost entries: a direct writer (back-auth) trims by a limit of its own, which ignores groups."""
        read = group["entries-read"]
        key = (stream, group["name"])
        if read is None:  # a new group begins with what is left
            return
        lost = max(0, about["entries-added"] - about["length"] - read)
        if lost > self._lost.get(key, 0):
            log.error("events lost", stream=stream, group=group["name"], entries=lost)
            LOST.labels(*key).inc(lost - self._lost.get(key, 0))
        self._lost[key] = lost

    async def _delete_gone_consumers(self, stream: str, group: str) -> None:
        """Deletes consumers that are gone; their entries were taken over long before."""
        for consumer in await self._connection.call("XINFO", "CONSUMERS", stream, group):
            about = pairs(consumer)
            if about["pending"] == 0 and about["idle"] > GONE_MS:
                await self._connection.call("XGROUP", "DELCONSUMER", stream, group, about["name"])
                log.info("consumer deleted", stream=stream, group=group, consumer=about["name"])


def _id(text: str) -> Id:
    milliseconds, _, number = text.partition("-")
    return int(milliseconds), int(number or 0)


def _text(entry: Id) -> str:
    return f"{entry[0]}-{entry[1]}"
