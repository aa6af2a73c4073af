"""The transactional outbox: events are added in the entity's transaction and claimed by relays in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from connection import Connection
from database import Database
from shared.chassis import tracing
from shared.models.events import Event, EventType
from shared.utils import correlation
from shared.utils.ids import is_id

SWEEP_LIMIT = 10_000

# The first unpublished event of an aggregate, when no live lease holds it. Only such heads are locked, so that
# two relays never hold events of one aggregate at the same time.
_HEADS = """
    SELECT o.position, o.aggregate_id FROM outbox o
    WHERE o.published_at IS NULL AND (o.claimed_until IS NULL OR o.claimed_until < now())
      AND NOT EXISTS (
          SELECT FROM outbox earlier
          WHERE earlier.aggregate_id = o.aggregate_id AND earlier.published_at IS NULL AND earlier.position < o.position
      )
    ORDER BY o.position
"""

_CLAIM = f"""
    WITH heads AS ({_HEADS} LIMIT $2 FOR UPDATE OF o SKIP LOCKED),
    batch AS (
        SELECT o.position FROM outbox o JOIN heads USING (aggregate_id)
        WHERE o.published_at IS NULL AND (o.claimed_until IS NULL OR o.claimed_until < now())
        ORDER BY o.position LIMIT $2
    ),
    claimed AS (
        UPDATE outbox o SET claimed_by = $1, claimed_until = now() + make_interval(secs => $3)
        FROM batch WHERE o.position = batch.position
        RETURNING o.position, o.id, o.type, o.version, o.aggregate_id, o.user_id, o.occurred_at, o.correlation_id,
            o.traceparent, o.data
    )
    SELECT id, type, version, aggregate_id, user_id, occurred_at, correlation_id, traceparent, data FROM claimed ORDER BY position
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
    """`data` is JSON in the form of `type` and `version`; order is kept among events of the same `aggregate_id`."""

    type: EventType
    aggregate_id: str
    user_id: str
    data: dict[str, Any]
    version: int = 1


async def add(connection: Connection, *events: NewEvent) -> None:
    """Adds events in the caller's transaction, under the correlation id and in the trace of the work at hand."""
    rows = [vars(event) for event in events]
    await connection.execute(_ADD, rows, correlation.current(), tracing.traceparent())


async def claim(db: Database, *, relay: str, limit: int, lease_seconds: int) -> list[Event]:
    """Up to `limit` unpublished events, oldest first, held for `lease_seconds`.

    An aggregate with an earlier event in somebody's live lease is left alone.
    """
    rows = await db.all(_CLAIM, relay, limit, float(lease_seconds))
    return [Event.model_validate(dict(row)) for row in rows]


async def mark_published(db: Database, *, relay: str, ids: Sequence[str]) -> None:
    """Records that `relay` has published these, even after its lease ran out: they are out."""
    await db.execute(
        "UPDATE outbox SET published_at = now(), claimed_by = $1, claimed_until = NULL"
        " WHERE id = ANY($2::uuid[]) AND published_at IS NULL",
        relay, [id_ for id_ in ids if is_id(id_)],
    )  # fmt: skip


async def pending(db: Database) -> bool:
    """Whether a claim would find something now."""
    return bool(await db.value(f"SELECT EXISTS ({_HEADS})"))


async def delete_published(db: Database, *, older_than_days: int) -> int:
    """Deletes events published longer ago, at most 10,000 a call; how many."""
    return await db.execute(
        "DELETE FROM outbox WHERE position IN (SELECT position FROM outbox"
        " WHERE published_at < now() - make_interval(days => $1) LIMIT $2)",
        older_than_days, SWEEP_LIMIT,
    )  # fmt: skip
