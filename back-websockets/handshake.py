"""Identifies the client of a connection: checks the origin, then finds and verifies the ticket or token."""

import structlog
from close_codes import CloseCode, ConnectionRejected
from origins import Front
from resources import Resources
from starlette.requests import HTTPConnection

from shared.chassis.identity import bearer_token
from shared.security.jwt import Claims, InvalidToken
from shared.utils.errors import Unauthenticated, Unavailable

log = structlog.get_logger("handshake")


async def identify(connection: HTTPConnection, resources: Resources) -> Claims:
    """The verified claims of the caller: of the single-use `ticket` in the query, the Authorization header or a cookie.

    A browser sends cookies along with a socket that any page opens, so a connection with an Origin must come from ours.

    Raises:
        ConnectionRejected: the origin is foreign, there is no valid token, or it cannot be verified now.
    """
    origin = connection.headers.get("origin")
    front = Front.PUBLIC
    if origin is not None:
        found = resources.origins.front(origin, connection.headers.get("host", ""))
        if found is None:
            raise ConnectionRejected(CloseCode.FOREIGN_ORIGIN)
        front = found
    ticket = connection.query_params.get("ticket")
    try:
        if ticket is not None:
            return await _redeem(ticket, resources)
        return await resources.verifier.verify(_token(connection, front, secure=resources.origins.secure))
    except InvalidToken as error:
        log.info("token refused", reason=error.reason)
        raise ConnectionRejected(CloseCode.LOGGED_OUT) from error
    except Unauthenticated as error:
        raise ConnectionRejected(CloseCode.LOGGED_OUT) from error
    except Unavailable as error:
        raise ConnectionRejected(CloseCode.TRY_LATER) from error


async def _redeem(ticket: str, resources: Resources) -> Claims:
    claims = await resources.tickets.redeem(ticket)
    if claims is None:
        raise InvalidToken("no such ticket")
    resources.verifier.check(claims)
    return claims


def _token(connection: HTTPConnection, front: Front, *, secure: bool) -> str:
    """The token of the Authorization header, or of the front's cookie, whose name has a prefix with TLS (RFC 6265bis)."""
    authorization = connection.headers.get("authorization")
    if authorization is None:
        token = connection.cookies.get(f"__Host-{front.value}" if secure else front.value)
        authorization = f"Bearer {token}" if token else None
    return bearer_token(authorization)
