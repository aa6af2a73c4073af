"""Events that no relay could publish. They stay in the outbox until somebody retries or discards them."""

from typing import Any

from connection import Row
from database import Database
from repositories import outbox_repository, paging
from repositories.outbox_repository import ENVELOPE, NewEvent
from shared.models.base import Page
from shared.models.events import stream_of
from shared.models.outbox import DeadEvent
from shared.utils.errors import NotFound

LIST = f"""
    SELECT id::text, {ENVELOPE}::jsonb AS event, attempts, error, dead_at FROM outbox
    WHERE dead_at IS NOT NULL AND id < $1 ORDER BY id DESC LIMIT $2
"""
_READ = f"""
    SELECT {ENVELOPE}::jsonb AS event, attempts, error, dead_at FROM outbox WHERE id = $1 AND dead_at IS NOT NULL
"""
_RETRY = """
    WITH again AS (
        UPDATE outbox SET dead_at = NULL, retry_at = NULL, attempts = 0, error = NULL
        WHERE id = $1 AND dead_at IS NOT NULL RETURNING id, type
    )
    SELECT type, pg_notify('outbox', '') FROM again
"""
_DISCARD = "DELETE FROM outbox WHERE id = $1 AND dead_at IS NOT NULL RETURNING type"


async def list_dead_events(db: Database, *, limit: int, cursor: str | None) -> Page[DeadEvent]:
    """Newest first. Raises Invalid when `cursor` is not one of this list."""
    return paging.page_of(await db.fetch_all(LIST, paging.before(cursor), limit + 1), limit, _dead)


async def read_dead_event(db: Database, *, event_id: str) -> DeadEvent:
    """Raises NotFound."""
    row = await db.fetch_one(_READ, event_id)
    if not row:
        raise NotFound("There is no such event.")
    return _dead(row)


async def retry_dead_event(db: Database, *, event_id: str, by: str) -> None:
    """Makes relays try it again, and records that as an event. Later events of its aggregate may have gone first. Raises NotFound."""
    async with db.transaction() as connection:
        data = _event_data(await connection.fetchrow(_RETRY, event_id), event_id, by)
        await outbox_repository.add(connection, NewEvent("event.unsent_retried", event_id, by, data))


async def discard_dead_event(db: Database, *, event_id: str, by: str) -> None:
    """Gives the event up for good, and records that as an event. Raises NotFound."""
    async with db.transaction() as connection:
        data = _event_data(await connection.fetchrow(_DISCARD, event_id), event_id, by)
        await outbox_repository.add(connection, NewEvent("event.unsent_discarded", event_id, by, data))


def _event_data(row: Row | None, event_id: str, by: str) -> dict[str, Any]:
    if not row:
        raise NotFound("There is no such event.")
    original = {"held_type": row["type"], "held_id": event_id}
    letter = {"id": event_id, "kind": "unsent", "group": "", "stream": stream_of(row["type"])}
    return {"actor_id": by, "letter": letter | original}


def _dead(row: Row) -> DeadEvent:
    return DeadEvent(event=row["event"], attempts=row["attempts"], error=row["error"], dead_at=row["dead_at"])
