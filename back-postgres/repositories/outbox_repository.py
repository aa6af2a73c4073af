"""The transactional outbox: events are added in the entity's transaction and claimed by relays in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from connection import Connection
from database import Database
from shared.chassis import tracing
from shared.models.events import EventType
from shared.models.outbox import OutboxClaim, OutboxFailure, OutboxFigures
from shared.utils import correlation
from shared.utils.ids import is_id

SWEEP_LIMIT = 10_000
MOST_ATTEMPTS = 5
COUNTED = 100_000

ENVELOPE = """json_build_object(
        'id', id, 'type', type, 'version', version, 'aggregate_id', aggregate_id, 'user_id', user_id,
        'occurred_at', to_char(occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'correlation_id', correlation_id, 'traceparent', traceparent, 'data', data
    )"""
_CLAIM = f"SELECT {ENVELOPE}::text AS envelope FROM outbox_claim($1, $2, make_interval(secs => $3), $4)"

_PENDING = """
    SELECT EXISTS (
        SELECT FROM generate_series(0, 15) AS n LEFT JOIN outbox_partitions p ON p.number = n
        CROSS JOIN LATERAL (SELECT FROM outbox_sendable o WHERE o.part = n ORDER BY o.place LIMIT 1) AS head
        WHERE p.number IS NULL OR p.claimed_until <= now()
    )
"""

_PUBLISHED = """
    UPDATE outbox SET published_at = now(), claimed_by = $1, retry_at = NULL, error = NULL
    WHERE id = ANY($2::uuid[]) AND published_at IS NULL
"""

_FAILED = """
    UPDATE outbox o SET attempts = o.attempts + 1, error = f.error,
        retry_at = now() + make_interval(secs => least(2 ^ o.attempts, 60) * (0.5 + random() / 2)),
        dead_at = CASE WHEN o.attempts + 1 >= $2 THEN now() END
    FROM jsonb_to_recordset($1) AS f (id uuid, error text)
    WHERE o.id = f.id AND o.published_at IS NULL AND o.dead_at IS NULL
    RETURNING o.id, o.type, o.attempts, o.error, o.dead_at IS NOT NULL AS dead
"""

_FIGURES = """
    SELECT (SELECT count(*) FROM (
                SELECT FROM outbox WHERE published_at IS NULL AND dead_at IS NULL LIMIT $1
            ) AS waiting) AS pending,
        (SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL) AS dead,
        (SELECT coalesce(extract(epoch FROM now() - min(h.occurred_at)), 0)::float8
            FROM generate_series(0, 15) AS n CROSS JOIN LATERAL (
                SELECT o.occurred_at FROM outbox o
                WHERE hashtext(o.aggregate_id) & 15 = n AND o.published_at IS NULL AND o.dead_at IS NULL
                ORDER BY o.position + 0 LIMIT 1
            ) AS h) AS oldest_seconds
"""

_ADD = """
    INSERT INTO outbox (type, version, aggregate_id, user_id, correlation_id, traceparent, data)
    SELECT e.type, e.version, e.aggregate_id, e.user_id, $2, $3, e.data
    FROM ROWS FROM (jsonb_to_recordset($1) AS (type text, aggregate_id text, user_id uuid, data jsonb, version integer))
        WITH ORDINALITY AS e (type, aggregate_id, user_id, data, version, n)
    ORDER BY e.n
"""


@dataclass(frozen=True)
class NewEvent:
    """`data` is JSON in the form of `type` and `version`; order is kept among events of the same `aggregate_id`.

    `user_id` is None for an act of the system that concerns no user.
    """

    type: EventType
    aggregate_id: str
    user_id: str | None
    data: dict[str, Any]
    version: int = 1


async def add(connection: Connection, *events: NewEvent) -> None:
    """Adds events in the caller's transaction, with the current correlation id and trace."""
    rows = [vars(event) for event in events]
    await connection.execute(_ADD, rows, correlation.current(), tracing.traceparent())


async def claim(db: Database, asked: OutboxClaim) -> list[str]:
    """Records the outcome of the relay's last events, then returns up to `limit` more, as JSON texts in the order of each aggregate.

    Their partitions belong to the relay until `lease_seconds` are over or it claims again; no other relay gets events of
    them. Nothing waits for the disk: if a record is lost, its event is published again.
    """
    async with db.transaction() as connection:
        await connection.execute("SET LOCAL synchronous_commit TO off")
        await _record_outcome(connection, asked.relay, asked.published, asked.failed)
        rows = await connection.fetch(_CLAIM, asked.relay, asked.limit, float(asked.lease_seconds), asked.held)
    return [row["envelope"] for row in rows]


async def _record_outcome(
    connection: Connection, relay: str, published: Sequence[str], failed: Sequence[OutboxFailure]
) -> None:
    """Marks the events as published, even after the relay's lease expired. Frees its partitions."""
    if published:
        await connection.execute(_PUBLISHED, relay, [id_ for id_ in published if is_id(id_)])
    if failed:
        rows = [failure.model_dump() for failure in failed if is_id(failure.id)]
        await connection.fetch(_FAILED, rows, MOST_ATTEMPTS)
    await connection.execute("UPDATE outbox_partitions SET claimed_until = now() WHERE claimed_by = $1", relay)


async def pending(db: Database) -> bool:
    """Whether a claim would return events now."""
    return bool(await db.fetch_value(_PENDING))


async def figures(db: Database) -> OutboxFigures:
    """The number of unpublished events, counted up to 100,000, and the age of the oldest."""
    row = await db.fetch_one(_FIGURES, COUNTED)
    return OutboxFigures.model_validate(dict(row or {}))


async def delete_published(db: Database, *, older_than_days: int) -> int:
    """Deletes events published longer ago, at most 10,000 a call. Returns how many."""
    return await db.execute(
        "DELETE FROM outbox WHERE position IN (SELECT position FROM outbox"
        " WHERE published_at < now() - make_interval(days => $1) LIMIT $2)",
        older_than_days, SWEEP_LIMIT,
    )  # fmt: skip
