"""Events that no relay could publish: they stay in the outbox, until somebody has them tried again or discards them."""

from connection import Row
from database import Database
from repositories import paging
from repositories.outbox_repository import ENVELOPE
from shared.models.base import Page
from shared.models.events import DeadEvent
from shared.utils.errors import NotFound

_LIST = f"""
    SELECT id::text, {ENVELOPE}::jsonb AS event, attempts, error, dead_at FROM outbox
    WHERE dead_at IS NOT NULL AND ($1::uuid IS NULL OR id < $1) ORDER BY id DESC LIMIT $2
"""
_RETRY = """
    WITH again AS (
        UPDATE outbox SET dead_at = NULL, retry_at = NULL, attempts = 0, error = NULL
        WHERE id = $1 AND dead_at IS NOT NULL RETURNING id
    )
    SELECT id, pg_notify('outbox', '') FROM again
"""
_DISCARD = "DELETE FROM outbox WHERE id = $1 AND dead_at IS NOT NULL"


async def newest(db: Database, *, limit: int, cursor: str | None) -> Page[DeadEvent]:
    """Newest first. Raises Invalid when `cursor` is not one of this list."""
    return paging.page_of(await db.all(_LIST, paging.before(cursor), limit + 1), limit, _dead)


async def retry(db: Database, *, event_id: str) -> None:
    """Has relays try it anew; later events of its aggregate may have gone before it. Raises NotFound."""
    if not await db.one(_RETRY, event_id):
        raise NotFound("There is no such event.")


async def discard(db: Database, *, event_id: str) -> None:
    """Nobody is told of it any more. Raises NotFound."""
    if not await db.execute(_DISCARD, event_id):
        raise NotFound("There is no such event.")


def _dead(row: Row) -> DeadEvent:
    return DeadEvent(event=row["event"], attempts=row["attempts"], error=row["error"], dead_at=row["dead_at"])
