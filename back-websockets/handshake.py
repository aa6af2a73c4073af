"""Who opens a connection: the origin is checked, and the ticket or the token is found and verified."""

from collections.abc import Mapping

import structlog
from codes import Close, Refused
from live import Live
from settings import Settings
from starlette.requests import HTTPConnection

from shared.chassis.identity import bearer_token
from shared.security.jwt import Claims, InvalidToken
from shared.utils.errors import Unauthenticated, Unavailable

PUBLIC_COOKIE, ADMIN_COOKIE = "dashboard_access", "admin_access"
log = structlog.get_logger("handshake")


async def identify(connection: HTTPConnection, live: Live) -> Claims:
    """The verified claims of the caller: of the single-use `ticket` in the query, the Authorization header or a cookie.

    A browser sends cookies along with a socket that any page opens, so a connection with an Origin must come from ours.

    Raises:
        Refused: the origin is foreign, there is no valid token, or it cannot be verified now.
    """
    origin = connection.headers.get("origin")
    if origin is not None and origin not in live.settings.origins:
        raise Refused(Close.FOREIGN_ORIGIN)
    ticket = connection.query_params.get("ticket")
    try:
        if ticket is not None:
            return await _redeem(ticket, live)
        return await live.verifier.verify(_token(connection, origin, live.settings))
    except InvalidToken as error:
        log.info("token refused", reason=error.reason)
        raise Refused(Close.LOGGED_OUT) from error
    except Unauthenticated as error:
        raise Refused(Close.LOGGED_OUT) from error
    except Unavailable as error:
        raise Refused(Close.TRY_LATER) from error


async def _redeem(ticket: str, live: Live) -> Claims:
    claims = await live.tickets.redeem(ticket)
    if claims is None:
        raise InvalidToken("no such ticket")
    live.verifier.check(claims)
    return claims


def _token(connection: HTTPConnection, origin: str | None, settings: Settings) -> str:
    authorization = connection.headers.get("authorization")
    if authorization is None:
        authorization = _from_cookie(connection.cookies, admin=origin == settings.admin_url.rstrip("/"))
    return bearer_token(authorization)


def _from_cookie(cookies: Mapping[str, str], *, admin: bool) -> str | None:
    token = cookies.get(ADMIN_COOKIE if admin else PUBLIC_COOKIE)
    return f"Bearer {token}" if token else None
