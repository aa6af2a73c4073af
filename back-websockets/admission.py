"""The way in, the same for a WebSocket and an event stream: who is it, is there room, what was missed."""

from handshake import identify
from resources import Resources
from resumption import starting_point
from session import ClientConnection, Session
from starlette.requests import HTTPConnection


async def admit(connection: HTTPConnection, client: ClientConnection, resources: Resources) -> Session:
    """A session that holds back what it is sent until `begin`; the caller takes it out of the hub at its end.

    Raises:
        ConnectionRejected: with the code to close with.
    """
    claims = await identify(connection, resources)
    resume_from, missed = starting_point(_last_id(connection))
    session = Session(client, claims, resume_from=resume_from, most_buffered=resources.settings.queue_size)
    session.caught_up = not missed
    try:
        await resources.hub.add(session, resources.subscriber)
    except BaseException:
        resources.hub.remove(session)
        raise
    return session


def begin(session: Session, resources: Resources) -> None:
    """The client has its answer: missed messages first, if any, then live ones as they come."""
    if session.caught_up:
        session.resume_live()
    else:
        resources.resumption.begin(session)


def leave(session: Session, resources: Resources) -> None:
    """The connection is gone."""
    resources.resumption.stop(session)
    resources.hub.remove(session)


def _last_id(connection: HTTPConnection) -> str | None:
    """An event stream comes back by itself, with the address of its first time, so that the header is newer."""
    return connection.headers.get("last-event-id") or connection.query_params.get("last_id")
