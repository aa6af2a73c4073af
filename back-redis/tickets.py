"""Single-use tickets under `ticket:*`: a verified login in exchange for a secret that opens one connection, soon."""

import hashlib
import secrets

from back_redis.connection import RedisConnection
from shared.security.jwt import Claims

TICKET_SECONDS = 30
MAX_TICKET = 64


class Tickets:
    """Only a ticket's hash is stored: reading back-redis is not enough to use a ticket."""

    def __init__(self, connection: RedisConnection) -> None:
        self._connection = connection

    async def issue(self, claims: Claims) -> str:
        """A new ticket for the user of the verified `claims`, valid for `TICKET_SECONDS`. Raises Unavailable."""
        ticket = secrets.token_urlsafe(32)
        await self._connection.call("SET", _key(ticket), claims.model_dump_json(), "EX", TICKET_SECONDS)
        return ticket

    async def redeem(self, ticket: str) -> Claims | None:
        """The claims of its owner; None when it is unknown, too old or was redeemed before. Raises Unavailable."""
        if len(ticket) > MAX_TICKET:
            return None
        found = await self._connection.call("GETDEL", _key(ticket))
        return Claims.model_validate_json(found) if found else None


def _key(ticket: str) -> str:
    return f"ticket:{hashlib.sha256(ticket.encode()).hexdigest()}"
