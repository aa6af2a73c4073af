"""`GET /ws/notifications?last_id=` (guide, pattern 5): everything that happens to a user, live, in each open tab.

Messages are `shared.models.notification.LiveMessage`; the close codes stand in `codes.py`.
"""

from typing import Annotated

from codes import Close
from fastapi import APIRouter, Query, WebSocket
from handshake import Refused, identify
from hub import Full
from live import Live
from resumption import starting_point
from socket_session import SocketSession, close

from shared.security.jwt import Claims

router = APIRouter()
LastId = Annotated[str | None, Query()]


@router.websocket("/ws/notifications")
async def notifications(websocket: WebSocket, last_id: LastId = None) -> None:
    live: Live = websocket.app.state.live
    try:
        claims = await identify(websocket, live.settings, live.verifier)
    except Refused as refused:
        await websocket.accept()
        await close(websocket, refused.code)
    else:
        await websocket.accept()
        await _serve(websocket, claims, last_id, live)


async def _serve(websocket: WebSocket, claims: Claims, last_id: str | None, live: Live) -> None:
    resume_from, missed = starting_point(last_id)
    session = SocketSession(websocket, claims, resume_from=resume_from, queue_size=live.settings.queue_size)
    try:
        await live.hub.enter(session, live.subscriber)
        if missed:
            live.resumption.begin(session)
        else:
            session.release()
        await session.run()
    except Full:
        await close(websocket, Close.TOO_MANY)
    finally:
        live.resumption.stop(session)
        await live.hub.leave(session, live.subscriber)
