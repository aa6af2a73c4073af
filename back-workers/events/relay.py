"""The outbox relay: two publishers that move events into their streams, woken by a commit.

A publisher waits alternately for PostgreSQL and for Redis. While batches are large, the second one works beside the first,
so that one claims while the other appends. Otherwise it rests: for a single event one claim is enough.

While back-redis is down or full the relay waits and the outbox grows. Events of families whose consumers are far behind
stay there too.
"""

import asyncio

import structlog

from events.backpressure import Backpressure
from events.publisher import FAILED, OutboxPublisher, Writer
from shared.chassis.client import ServiceClient
from shared.chassis.retry import retry
from shared.models.outbox import OutboxPending
from shared.utils.errors import ServiceError

MANY = 100
"""A batch is seldom full: each of its partitions gives at most its share."""
LONGEST_WAIT_SECONDS = 20
BACKPRESSURE_SECONDS = 0.5
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
log = structlog.get_logger("relay")


class Relay:
    """`back_postgres` answers a wait only after up to twenty seconds, so its time-out is longer. A family with more than
    `most_unhandled` entries that a group has not handled waits; `lease_seconds` are those of its publishers."""

    def __init__(
        self, back_postgres: ServiceClient, writer: Writer, *, most_unhandled: int, lease_seconds: int
    ) -> None:
        self._postgres = back_postgres
        self._backpressure = Backpressure(writer.backlogs, most_unhandled)
        self._wait_seconds = min(lease_seconds, LONGEST_WAIT_SECONDS)  # nobody is notified of a lease that runs out
        claiming = asyncio.Lock()
        self._first, self._second = (
            OutboxPublisher(back_postgres, writer, self._backpressure, claiming, lease_seconds) for _ in range(2)
        )

    async def run(self) -> None:
        """Relays until it is cancelled; outages of back-postgres and back-redis do not end it."""
        while True:
            await retry(
                self._move,
                when=lambda error: isinstance(error, ServiceError),
                first=FIRST_PAUSE_SECONDS,
                longest=LONGEST_PAUSE_SECONDS,
                on_retry=_report,
            )

    async def _move(self) -> None:
        moved = await self._first.publish_batch()
        if moved >= MANY or self._second.has_claim:
            await self._move_all()
        elif not moved:
            await self._wait()

    async def _move_all(self) -> None:
        """Neither publisher is cancelled when the other fails, so that each reports what it has sent."""
        publishers = (self._first, self._second)
        errors = [
            end for end in await asyncio.gather(*(each.drain() for each in publishers), return_exceptions=True) if end
        ]
        if errors:
            log.warning("publishers have failed", errors=[type(error).__name__ for error in errors])
            raise errors[0]

    async def _wait(self) -> None:
        """Returns at the next commit of an event, or after a lease; sooner while families are paused."""
        if self._backpressure.is_active:
            await asyncio.sleep(BACKPRESSURE_SECONDS)
        else:
            params = {"timeout": self._wait_seconds}
            await self._postgres.post("/internal/outbox/wait", model=OutboxPending, params=params)


def _report(error: Exception, pause: float) -> None:
    FAILED.labels(type(error).__name__).inc()
    log.warning("relay pauses", error=type(error).__name__, detail=str(error), seconds=round(pause, 2))
