"""The resources of back-websockets without sockets, Redis or other services, for tests of one connection."""

import time
from types import SimpleNamespace
from typing import Any

from hub import Hub
from origins import Origins
from session import Session
from tests.test_hub import Redis

from shared.security.jwt import InvalidToken
from shared.utils.errors import Unavailable

ORIGIN = "http://localhost:8000"


class Claims:
    def __init__(self, user_id: str) -> None:
        self.sub = user_id
        self.sid = f"of {user_id}"
        self.exp = time.time() + 60


class Verifier:
    """The token `u1` is that of the user u1; `expired` is none, and `away` cannot be verified now."""

    async def verify(self, token: str) -> Claims:
        if token == "expired":
            raise InvalidToken("expired")
        if token == "away":
            raise Unavailable(dependency="back-auth")
        return Claims(token)

    def check(self, claims: Claims) -> None:
        if claims.sub == "gone":
            raise InvalidToken("session revoked")


class Tickets:
    """Each is good once, and names its user."""

    def __init__(self) -> None:
        self.known = {"ticket of u1": "u1", "ticket of gone": "gone"}

    async def redeem(self, ticket: str) -> Claims | None:
        user_id = self.known.pop(ticket, None)
        return Claims(user_id) if user_id else None


class Resumption:
    """Notes who begins to resume and who stops."""

    def __init__(self) -> None:
        self.begun: list[Session] = []
        self.stopped: list[Session] = []

    def begin(self, session: Session) -> None:
        self.begun.append(session)

    def stop(self, session: Session) -> None:
        self.stopped.append(session)


def resources(*, queue_size: int = 3, per_user: int = 2) -> Any:
    redis: Any = Redis()
    return SimpleNamespace(
        settings=SimpleNamespace(queue_size=queue_size),
        origins=Origins([ORIGIN], ["http://admin.localhost:8000"]),
        verifier=Verifier(),
        tickets=Tickets(),
        hub=Hub(redis, per_user=per_user, in_total=9, drain_seconds=0.0, on_gap=lambda _: None),
        subscriber=redis,
        resumption=Resumption(),
    )
