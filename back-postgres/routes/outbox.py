"""The outbox, for the relays in back-workers."""

from typing import Annotated

from fastapi import APIRouter, Query

from dependencies import Db, Listener
from repositories import outbox_repository
from shared.models.base import Items
from shared.models.events import Event, OutboxClaim, OutboxPending, OutboxPublished

router = APIRouter(prefix="/internal/outbox")


@router.post("/claim")
async def claim(body: OutboxClaim, db: Db) -> Items[Event]:
    events = await outbox_repository.claim(db, relay=body.relay, limit=body.limit, lease_seconds=body.lease_seconds)
    return Items(items=events)


@router.post("/published", status_code=204)
async def published(body: OutboxPublished, db: Db) -> None:
    await outbox_repository.mark_published(db, relay=body.relay, ids=body.ids)


@router.post("/wait")
async def wait(db: Db, listener: Listener, timeout: Annotated[float, Query(ge=0, le=60)] = 20) -> OutboxPending:  # noqa: ASYNC109 - the caller's
    """Answers as soon as there is something to claim, else after `timeout` seconds."""
    return OutboxPending(pending=await listener.wait_for(lambda: outbox_repository.pending(db), timeout))
