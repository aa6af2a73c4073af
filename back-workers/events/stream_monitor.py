"""Measures outbox and streams every few seconds for `/metrics`, and trims the streams.

Several processes may do so at once.
"""

import asyncio
from collections.abc import Sequence

import structlog
from prometheus_client import Gauge

from back_redis.connection import RedisConnection
from back_redis.memory import memory_of
from back_redis.stream_info import stream_stats
from back_redis.streams import DEAD_LETTERS, PARKED
from back_redis.trimmer import StreamTrimmer
from back_redis.waiting import WAITING, WaitingList
from events.memory_alarm import MemoryAlarm
from shared.chassis.client import ServiceClient
from shared.models.event_streams import EventStream
from shared.models.outbox import OutboxFigures
from shared.utils.errors import ServiceError

EVERY_SECONDS = 10.0
PENDING = Gauge("outbox_pending", "Events that wait in the outbox, counted up to 100,000.")
OLDEST = Gauge("outbox_oldest_seconds", "For how long the oldest of them has waited.")
DEAD = Gauge("outbox_dead", "Events that could not be published and are not tried again.")
LENGTH = Gauge("events_stream_length", "Entries in a stream.", ["stream"])
GROUP_LAG = Gauge("events_group_lag", "Entries that a group has not been given yet.", ["stream", "group"])
GROUP_PENDING = Gauge("events_group_pending", "Entries that a group has and did not finish.", ["stream", "group"])
GROUP_OLDEST = Gauge("events_group_oldest_pending_seconds", "Age of the oldest of those.", ["stream", "group"])
DEAD_LETTER_COUNT = Gauge("events_dead_letters", "Entries that a group could not handle.")
PARKED_COUNT = Gauge("events_aside", "Entries of a version that a group does not know.")
WAITING_COUNT = Gauge("events_waiting", "Entries on which a group has waited for a peer for longer than it should.")
log = structlog.get_logger("watch")


class StreamMonitor:
    """Over `streams`."""

    def __init__(self, back_postgres: ServiceClient, redis: RedisConnection, streams: Sequence[str]) -> None:
        self._postgres = back_postgres
        self._redis = redis
        self._streams = streams
        self._trimmer = StreamTrimmer(redis)
        self._waiting = WaitingList(redis)
        self._memory = MemoryAlarm()

    async def run(self) -> None:
        """Runs until it is cancelled; a store that is away is measured in a later round."""
        while True:
            for part in (self.outbox, self.streams):
                try:
                    await part()
                except ServiceError as error:
                    log.info("not measured", what=part.__name__, error=type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def outbox(self) -> None:
        figures = await self._postgres.get("/internal/outbox/figures", model=OutboxFigures)
        PENDING.set(figures.pending)
        OLDEST.set(figures.oldest_seconds)
        DEAD.set(figures.dead)

    async def streams(self) -> None:
        for stream in await stream_stats(self._redis, self._streams):
            _show(stream)
            await self._trimmer.trim(stream.name)
        DEAD_LETTER_COUNT.set(await self._redis.call("XLEN", DEAD_LETTERS))
        PARKED_COUNT.set(await self._redis.call("XLEN", PARKED))
        self._memory.update(await memory_of(self._redis))
        await self._waiting.tidy()
        WAITING_COUNT.set(await self._redis.call("XLEN", WAITING))


def _show(stream: EventStream) -> None:
    LENGTH.labels(stream.name).set(stream.length)
    for group in stream.groups:
        labels = (stream.name, group.name)
        GROUP_LAG.labels(*labels).set(group.lag)
        GROUP_PENDING.labels(*labels).set(group.pending)
        GROUP_OLDEST.labels(*labels).set(group.oldest_pending_seconds)
