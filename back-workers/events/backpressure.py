"""Back-pressure: a family whose consumers are far behind stays in the outbox, on disk, instead of filling back-redis."""

from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

import structlog
from prometheus_client import Gauge

LOOK_SECONDS = 1.0
HELD = Gauge("outbox_held_back", "1 while a family stays in the outbox since its consumers are far behind.", ["family"])
log = structlog.get_logger("relay")
Look = Callable[[Sequence[str]], Awaitable[dict[str, int]]]
"""`back_redis.streams.StreamWriter.backlogs`."""


class Backlog:
    """Which families are held back: from `most` entries that some group has not handled, to half of them."""

    def __init__(self, look: Look, most: int) -> None:
        self._look, self._most = look, most
        self._used: set[str] = set()
        self._held: set[str] = set()
        self._next = 0.0

    @property
    def holding(self) -> bool:
        return bool(self._held)

    def used(self, streams: set[str]) -> None:
        """Something was appended to these."""
        self._used |= streams

    async def held(self) -> list[str]:
        """The families to leave alone; looks at most once a second, and only at streams that something came to since."""
        streams = sorted(self._used | self._held)
        if streams and monotonic() >= self._next:
            for stream, unhandled in (await self._look(streams)).items():
                self._judge(stream, unhandled)
            self._used.clear()
            self._next = monotonic() + LOOK_SECONDS
        return [stream.removeprefix("events:") for stream in sorted(self._held)]

    def _judge(self, stream: str, unhandled: int) -> None:
        holds = unhandled > (self._most // 2 if stream in self._held else self._most)
        if holds != (stream in self._held):
            log.warning("family held back" if holds else "family goes on", stream=stream, unhandled=unhandled)
            HELD.labels(stream.removeprefix("events:")).set(holds)
        (self._held.add if holds else self._held.discard)(stream)
