"""The outbox relay: claims events through back-postgres, appends them to their streams, marks them published.

Killed between the two last steps, it leaves a claim that runs out, and another relay appends the events once more:
consumers are idempotent by event id. Several relays share the work; back-postgres keeps each aggregate's order.
"""

import asyncio
from datetime import UTC, datetime
from typing import Protocol

import structlog
from prometheus_client import Counter, Histogram

from shared.chassis import tracing
from shared.chassis.client import ServiceClient
from shared.models.base import Items
from shared.models.events import Event, OutboxClaim, OutboxPending, OutboxPublished
from shared.utils.errors import ServiceError
from shared.utils.ids import new_id

BATCH = 200
LEASE_SECONDS = 10
WAIT_SECONDS = 20
LONGEST_PAUSE_SECONDS = 5.0
PUBLISHED = Counter("outbox_published_total", "Events appended to their stream.", ["type"])
LAG = Histogram(
    "outbox_lag_seconds",
    "From the commit of an event to its publication.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300),
)
log = structlog.get_logger("relay")


class Writer(Protocol):
    """`back_redis.streams.StreamWriter`."""

    async def append(self, *events: Event) -> list[str]: ...


class Relay:
    """`back_postgres` answers a wait only after twenty seconds, so its time-out is longer."""

    def __init__(self, back_postgres: ServiceClient, writer: Writer) -> None:
        self._postgres, self._writer = back_postgres, writer
        self._name = f"relay-{new_id()}"

    async def run(self) -> None:
        """Relays until it is cancelled, whatever happens to back-postgres and back-redis."""
        pause = 0.1
        while True:
            try:
                if not await self.step():
                    await self._wait()
                pause = 0.1
            except ServiceError as error:
                log.warning("relay pauses", error=type(error).__name__, detail=error.detail, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def step(self) -> int:
        """Moves one batch; how many events it had."""
        with tracing.worked("domain-events.relay", None):
            events = await self._claim()
            if events:
                await self._writer.append(*events)
                self._measure(events)
                await self._mark(events)
            return len(events)

    async def _claim(self) -> list[Event]:
        claim = OutboxClaim(relay=self._name, limit=BATCH, lease_seconds=LEASE_SECONDS)
        return (await self._postgres.post("/internal/outbox/claim", model=Items[Event], json=claim)).items

    async def _mark(self, events: list[Event]) -> None:
        published = OutboxPublished(relay=self._name, ids=[event.id for event in events])
        await self._postgres.call("POST", "/internal/outbox/published", json=published)

    async def _wait(self) -> None:
        """Returns at the next commit of an event, or after twenty seconds."""
        await self._postgres.post("/internal/outbox/wait", model=OutboxPending, params={"timeout": WAIT_SECONDS})

    def _measure(self, events: list[Event]) -> None:
        now = datetime.now(UTC)
        for event in events:
            PUBLISHED.labels(event.type).inc()
            LAG.observe(max(0.0, (now - event.occurred_at).total_seconds()))
