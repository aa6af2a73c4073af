"""Publishes events: claims them in the outbox through back-postgres, appends them to their streams, marks them with the next claim.

Killed between the last two steps, it leaves partitions whose lease expires; another publisher then appends the events once
more, and consumers are idempotent by event id. Several publishers share the partitions, within which order holds.

An event that back-redis refuses is reported with the next claim. It is retried after growing pauses and is dead after five
attempts. Until then later events of its aggregate wait behind it; afterwards they are published without it.
"""

import asyncio
from collections import Counter as Counted
from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Protocol

import orjson
import structlog
from prometheus_client import Counter, Histogram

from back_redis.streams import Message
from events.backpressure import Backpressure
from shared.chassis import tracing
from shared.chassis.client import ServiceClient
from shared.models.events import stream_of
from shared.models.outbox import OutboxClaim, OutboxFailure
from shared.utils.ids import new_id

BATCH = 500
APPEND_SECONDS = 5
"""The longest that an append may take; the rest of the lease must be enough for it."""
PUBLISHED = Counter("outbox_published_total", "Events appended to their stream.", ["type"])
FAILED = Counter("outbox_publish_errors_total", "Events that back-redis refused, and pauses while it is away.", ["why"])
BATCHES = Histogram("outbox_batch_events", "Events in a batch of the relay.", buckets=(1, 5, 20, 100, 250, 500))
LAG = Histogram(
    "outbox_lag_seconds",
    "From the commit of an event to its publication.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300),
)
log = structlog.get_logger("relay")
Row = dict[str, Any]
"""An event's envelope as back-postgres returns it; nothing reads `data` on the way."""


class Writer(Protocol):
    """`back_redis.streams.StreamWriter`."""

    async def send(self, messages: Sequence[Message]) -> list[str | None]: ...
    async def backlogs(self, streams: Sequence[str]) -> dict[str, int]: ...


class OutboxPublisher:
    """`has_claim`: its last claim returned events. The next claim reports what became of them and releases their partitions.

    Publishers of one relay share `claiming`: of two claims at a time, one would wait for the other's partitions and get none.
    After `lease_seconds`, which are more than APPEND_SECONDS, the partitions of one that died go to another.
    """

    def __init__(
        self,
        back_postgres: ServiceClient,
        writer: Writer,
        backpressure: Backpressure,
        claiming: asyncio.Lock,
        lease_seconds: int,
    ) -> None:
        self._postgres = back_postgres
        self._writer = writer
        self._backpressure = backpressure
        self._claiming = claiming
        self._lease_seconds = lease_seconds
        self._name = f"relay-{new_id()}"
        self._published: list[str] = []
        self._failed: list[OutboxFailure] = []
        self.has_claim = False

    async def publish_batch(self) -> int:
        """Publishes one batch. Returns how many events it had. The next call reports the outcome."""
        with tracing.consumer_span("domain-events.relay", None):
            async with self._claiming:
                paused = await self._backpressure.paused()
                until = monotonic() + self._lease_seconds - APPEND_SECONDS
                rows = await self._claim(paused)
            if monotonic() > until:
                log.warning("claim came too late to be used", events=len(rows))
            elif rows:
                BATCHES.observe(len(rows))
                await self._send(rows)
            return len(rows)

    async def drain(self) -> None:
        """Publishes batches until there are no more, and reports the outcome of each."""
        while await self.publish_batch():
            pass

    async def _claim(self, paused: list[str]) -> list[Row]:
        """Claims the next events; reports the outcome of the last ones."""
        claim = OutboxClaim(
            relay=self._name,
            limit=BATCH,
            lease_seconds=self._lease_seconds,
            held=paused,
            published=self._published,
            failed=self._failed,
        )
        answer = await self._postgres.call("POST", "/internal/outbox/claim", json=claim)
        self._published = []
        self._failed = []
        rows: list[Row] = orjson.loads(answer)["items"]
        self.has_claim = bool(rows)
        return rows

    async def _send(self, rows: list[Row]) -> None:
        messages = [Message(stream_of(row["type"]), row["aggregate_id"], orjson.dumps(row)) for row in rows]
        refusals = await self._writer.send(messages)
        sent = [row for row, refusal in zip(rows, refusals, strict=True) if refusal is None]
        self._published = [row["id"] for row in sent]
        self._failed = [
            OutboxFailure(id=row["id"], error=refusal[:500])
            for row, refusal in zip(rows, refusals, strict=True)
            if refusal
        ]
        for failure in self._failed:
            FAILED.labels("refused").inc()
            log.error("event not published", event_id=failure.id, error=failure.error)
        self._measure(sent)
        self._backpressure.appended({message.stream for message in messages})

    def _measure(self, rows: list[Row]) -> None:
        now = datetime.now(UTC)
        for kind, count in Counted(row["type"] for row in rows).items():
            PUBLISHED.labels(kind).inc(count)
        for row in rows:
            tracing.record_publish("back-redis", f"publish {row['type']}", row["traceparent"])
            LAG.observe(max(0.0, (now - datetime.fromisoformat(row["occurred_at"])).total_seconds()))
