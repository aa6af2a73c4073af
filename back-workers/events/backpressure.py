"""Back-pressure: events of a family whose consumers are far behind stay in the outbox, on disk, instead of filling back-redis."""

from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

import structlog
from prometheus_client import Gauge

CHECK_SECONDS = 1.0
PAUSED = Gauge(
    "outbox_held_back", "1 while a family stays in the outbox since its consumers are far behind.", ["family"]
)
log = structlog.get_logger("relay")
ReadBacklogs = Callable[[Sequence[str]], Awaitable[dict[str, int]]]
"""`back_redis.streams.StreamWriter.backlogs`."""


class Backpressure:
    """Which families are paused: from `most` entries that some group has not handled, until half of them are left."""

    def __init__(self, read_backlogs: ReadBacklogs, most: int) -> None:
        self._read_backlogs = read_backlogs
        self._most = most
        self._appended: set[str] = set()
        self._paused: set[str] = set()
        self._next = 0.0

    @property
    def is_active(self) -> bool:
        return bool(self._paused)

    def appended(self, streams: set[str]) -> None:
        """Records that events were appended to `streams`."""
        self._appended |= streams

    async def paused(self) -> list[str]:
        """The families that must stay in the outbox. Queries at most once a second, and only streams with new entries."""
        streams = sorted(self._appended | self._paused)
        if streams and monotonic() >= self._next:
            for stream, unhandled in (await self._read_backlogs(streams)).items():
                self._judge(stream, unhandled)
            self._appended.clear()
            self._next = monotonic() + CHECK_SECONDS
        return [stream.removeprefix("events:") for stream in sorted(self._paused)]

    def _judge(self, stream: str, unhandled: int) -> None:
        pauses = unhandled > (self._most // 2 if stream in self._paused else self._most)
        if pauses != (stream in self._paused):
            log.warning("family paused" if pauses else "family resumed", stream=stream, unhandled=unhandled)
            PAUSED.labels(stream.removeprefix("events:")).set(pauses)
        (self._paused.add if pauses else self._paused.discard)(stream)
