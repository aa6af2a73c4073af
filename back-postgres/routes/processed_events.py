"""The events that consumers have handled."""

from typing import Annotated

from fastapi import APIRouter, Path

from dependencies import Db
from repositories import processed_event_repository
from shared.models.outbox import EventClaim, EventClaimed

router = APIRouter(prefix="/internal/processed-events")
Consumer = Annotated[str, Path(max_length=100)]
EventId = Annotated[str, Path(max_length=64)]


@router.post("")
async def claim(body: EventClaim, db: Db) -> EventClaimed:
    return await processed_event_repository.claim(
        db, consumer=body.consumer, event_id=body.event_id, lease_seconds=body.lease_seconds
    )


@router.put("/{consumer}/{event_id}", status_code=204)
async def done(consumer: Consumer, event_id: EventId, db: Db) -> None:
    await processed_event_repository.mark_done(db, consumer=consumer, event_id=event_id)


@router.delete("/{consumer}/{event_id}", status_code=204)
async def give_back(consumer: Consumer, event_id: EventId, db: Db) -> None:
    await processed_event_repository.give_back(db, consumer=consumer, event_id=event_id)
