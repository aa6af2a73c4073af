"""The way in, the same for a WebSocket and an event stream: who is it, is there room, what was missed."""

from handshake import identify
from live import Live
from resumption import starting_point
from session import Outlet, Session
from starlette.requests import HTTPConnection


async def admit(connection: HTTPConnection, outlet: Outlet, live: Live) -> Session:
    """A session that holds back what it is sent until `begin`; the caller takes it out of the hub at its end.

    Raises:
        Refused: with the code to close with.
    """
    claims = await identify(connection, live)
    resume_from, missed = starting_point(_last_id(connection))
    session = Session(outlet, claims, resume_from=resume_from, most_held=live.settings.queue_size)
    session.caught_up = not missed
    try:
        await live.hub.enter(session, live.subscriber)
    except BaseException:
        live.hub.leave(session)
        raise
    return session


def begin(session: Session, live: Live) -> None:
    """The client has its answer: missed messages first, if any, then live ones as they come."""
    if session.caught_up:
        session.release()
    else:
        live.resumption.begin(session)


def leave(session: Session, live: Live) -> None:
    """The connection is gone."""
    live.resumption.stop(session)
    live.hub.leave(session)


def _last_id(connection: HTTPConnection) -> str | None:
    """An event stream comes back by itself, with the address of its first time, so that the header is newer."""
    return connection.headers.get("last-event-id") or connection.query_params.get("last_id")
