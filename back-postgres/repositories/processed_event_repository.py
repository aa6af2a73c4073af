"""The events that each consumer has handled, so that one delivered twice takes effect once."""

from database import Database
from shared.models.outbox import EventClaimed

SWEEP_LIMIT = 10_000

_CLAIM = """
    INSERT INTO processed_events AS p (consumer, event_id, claimed_until)
    VALUES ($1, $2, now() + make_interval(secs => $3))
    ON CONFLICT (consumer, event_id) DO UPDATE SET claimed_until = EXCLUDED.claimed_until
    WHERE p.done_at IS NULL AND p.claimed_until < now()
    RETURNING true
"""


async def claim(db: Database, *, consumer: str, event_id: str, lease_seconds: int) -> EventClaimed:
    """`claimed`: the caller holds it for the lease; `in_progress`: another process does; `done`: handled before."""
    async with db.session() as connection:
        if await connection.fetchval(_CLAIM, consumer, event_id, float(lease_seconds)):
            return EventClaimed(state="claimed")
        done = await connection.fetchval(
            "SELECT done_at IS NOT NULL FROM processed_events WHERE consumer = $1 AND event_id = $2", consumer, event_id
        )
    return EventClaimed(state="done" if done else "in_progress")


async def mark_done(db: Database, *, consumer: str, event_id: str) -> None:
    await db.execute(
        "INSERT INTO processed_events (consumer, event_id, claimed_until, done_at) VALUES ($1, $2, now(), now())"
        " ON CONFLICT (consumer, event_id) DO UPDATE SET done_at = now()",
        consumer, event_id,
    )  # fmt: skip


async def give_back(db: Database, *, consumer: str, event_id: str) -> None:
    """Frees a claim, so that the event can be retried at once. A handled event stays handled."""
    await db.execute(
        "DELETE FROM processed_events WHERE consumer = $1 AND event_id = $2 AND done_at IS NULL", consumer, event_id
    )


async def delete_done(db: Database, *, older_than_days: int) -> int:
    """Deletes records older than that, at most 10,000 a call. Returns how many."""
    return await db.execute(
        "DELETE FROM processed_events WHERE (consumer, event_id) IN (SELECT consumer, event_id FROM processed_events"
        " WHERE done_at < now() - make_interval(days => $1) LIMIT $2)",
        older_than_days, SWEEP_LIMIT,
    )  # fmt: skip
