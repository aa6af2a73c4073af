"""The outbox, for the relays in back-workers and for monitoring."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from dependencies import Db, Listener
from repositories import outbox_repository
from shared.models.base import Items
from shared.models.events import Event
from shared.models.outbox import OutboxClaim, OutboxFigures, OutboxPending

router = APIRouter(prefix="/internal/outbox")


@router.post("/claim", response_model=Items[Event])
async def claim(body: OutboxClaim, db: Db) -> Response:
    """Straight from rows to bytes: fifteen thousand events a second pass here."""
    events = await outbox_repository.claim(db, body)
    return Response('{"items":[' + ",".join(events) + "]}", media_type="application/json")


@router.post("/wait")
async def wait(db: Db, listener: Listener, timeout: Annotated[float, Query(ge=0, le=60)] = 20) -> OutboxPending:  # noqa: ASYNC109 - the caller's
    """Answers as soon as there is something to claim, else after `timeout` seconds."""
    return OutboxPending(pending=await listener.wait_for(lambda: outbox_repository.pending(db), timeout))


@router.get("/figures")
async def figures(db: Db) -> OutboxFigures:
    return await outbox_repository.figures(db)
