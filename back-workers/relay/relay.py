"""The outbox relay: claims events through back-postgres, appends them to their streams, marks them published with the next claim.

Killed between the two last steps, it leaves partitions whose lease runs out, and another relay appends the events once
more: consumers are idempotent by event id. Several relays share the work by partitions, within which order holds.

An event that back-redis refuses is told with the next claim: it is tried again after growing pauses, and after five
attempts it is dead. Until then later events of its aggregate wait behind it; afterwards they go on without it. While
back-redis is down or full the relay waits and the outbox grows; families whose consumers are far behind stay there too.
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
from relay.backlog import Backlog
from shared.chassis import tracing
from shared.chassis.client import ServiceClient
from shared.models.events import OutboxClaim, OutboxFailure, OutboxPending, stream_of
from shared.utils.errors import ServiceError
from shared.utils.ids import new_id

BATCH = 500
APPEND_SECONDS = 5
"""An append may take so long; what is left of the lease must be enough for it."""
LONGEST_WAIT_SECONDS = 20
HELD_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0
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
"""An event's envelope as back-postgres tells it; nothing looks into `data` on the way."""


class Writer(Protocol):
    """`back_redis.streams.StreamWriter`."""

    async def send(self, messages: Sequence[Message]) -> list[str | None]: ...
    async def backlogs(self, streams: Sequence[str]) -> dict[str, int]: ...


class Relay:
    """`back_postgres` answers a wait only after up to twenty seconds, so its time-out is longer. A family with more than
    `most_unhandled` entries that a group has not handled waits. After `lease_seconds`, which are more than APPEND_SECONDS,
    the partitions of a relay that died are another's."""

    def __init__(
        self, back_postgres: ServiceClient, writer: Writer, *, most_unhandled: int, lease_seconds: int
    ) -> None:
        self._postgres, self._writer = back_postgres, writer
        self._lease_seconds = lease_seconds
        self._wait_seconds = min(lease_seconds, LONGEST_WAIT_SECONDS)  # nobody is notified of a lease that runs out
        self._name = f"relay-{new_id()}"
        self._backlog = Backlog(writer.backlogs, most_unhandled)
        self._published: list[str] = []
        self._failed: list[OutboxFailure] = []

    async def run(self) -> None:
        """Relays until it is cancelled, whatever happens to back-postgres and back-redis."""
        pause = 0.1
        while True:
            try:
                if not await self.step():
                    await self._wait()
                pause = 0.1
            except ServiceError as error:
                FAILED.labels(type(error).__name__).inc()
                log.warning("relay pauses", error=type(error).__name__, detail=error.detail, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def step(self) -> int:
        """Moves one batch; how many events it had. What became of it is told by the next step."""
        with tracing.worked("domain-events.relay", None):
            held, until = await self._backlog.held(), monotonic() + self._lease_seconds - APPEND_SECONDS
            rows = await self._claim(held)
            if monotonic() > until:
                log.warning("claim came too late to be used", events=len(rows))
            elif rows:
                BATCHES.observe(len(rows))
                await self._send(rows)
            return len(rows)

    async def _claim(self, held: list[str]) -> list[Row]:
        """The next events; tells what became of the last ones."""
        claim = OutboxClaim(
            relay=self._name,
            limit=BATCH,
            lease_seconds=self._lease_seconds,
            held=held,
            published=self._published,
            failed=self._failed,
        )
        answer = await self._postgres.call("POST", "/internal/outbox/claim", json=claim)
        self._published, self._failed = [], []
        return orjson.loads(answer)["items"]

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
        self._backlog.used({message.stream for message in messages})

    async def _wait(self) -> None:
        """Returns at the next commit of an event, or after a lease; sooner while families are held back."""
        if self._backlog.holding:
            await asyncio.sleep(HELD_SECONDS)
        else:
            params = {"timeout": self._wait_seconds}
            await self._postgres.post("/internal/outbox/wait", model=OutboxPending, params=params)

    def _measure(self, rows: list[Row]) -> None:
        now = datetime.now(UTC)
        for kind, count in Counted(row["type"] for row in rows).items():
            PUBLISHED.labels(kind).inc(count)
        for row in rows:
            tracing.sent("back-redis", f"publish {row['type']}", row["traceparent"])
            LAG.observe(max(0.0, (now - datetime.fromisoformat(row["occurred_at"])).total_seconds()))
