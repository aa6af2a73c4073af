"""Events that could not be published, for administrators; `by` is the one who acts."""

from uuid import UUID

from fastapi import APIRouter

from dependencies import Cursor, Db, Limit, PathId
from repositories import dead_event_repository
from shared.models.base import Page
from shared.models.outbox import DeadEvent

router = APIRouter(prefix="/internal/outbox/dead")


@router.get("")
async def list_dead_events(db: Db, limit: Limit = 20, cursor: Cursor = None) -> Page[DeadEvent]:
    return await dead_event_repository.list_dead_events(db, limit=limit, cursor=cursor)


@router.get("/{event_id}")
async def read_dead_event(event_id: PathId, db: Db) -> DeadEvent:
    return await dead_event_repository.read_dead_event(db, event_id=event_id)


@router.post("/{event_id}/retry", status_code=204)
async def retry(event_id: PathId, db: Db, by: UUID) -> None:
    await dead_event_repository.retry_dead_event(db, event_id=event_id, by=str(by))


@router.delete("/{event_id}", status_code=204)
async def discard(event_id: PathId, db: Db, by: UUID) -> None:
    await dead_event_repository.discard_dead_event(db, event_id=event_id, by=str(by))
