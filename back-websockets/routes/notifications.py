"""`GET /ws/notifications/stream?last_id=&ticket=`: what `/ws/notifications` sends (`protocol.py`), as server-sent events."""

from event_stream import EventStreamResponse
from fastapi import APIRouter, Request
from starlette.responses import Response

router = APIRouter()


@router.get("/ws/notifications/stream", include_in_schema=False)
async def stream(request: Request) -> Response:
    return EventStreamResponse(request.state.resources)
