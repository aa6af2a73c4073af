"""Sessions as refresh token families: `session:family:<id>` (hash) and `session:user:<user_id>` (ids by expiry).

A refresh token is `<session id>.<generation>.<tag>`. The tag is an HMAC over the family's random seed and the generation, so
that each token of a family can be made again and none has to be stored: parallel refreshes get the same successor, and a
token that was genuine once can be distinguished from a forged one. The seed stays here, the key in back-auth: neither
alone is enough to make a token.
"""

import secrets
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Literal

from back_redis.connection import Command, RedisConnection
from back_redis.refresh_tokens import Generations, RefreshToken, RefreshTokens
from back_redis.revocations import revoke_command
from shared.models.base import Entity
from shared.models.session import Session
from shared.security.constants import REFRESH_GRACE, REFRESH_TOKEN_EXPIRATION
from shared.utils.ids import new_id

MOST_SESSIONS = 20


class Opened(Entity):
    """A new session and its first refresh token."""

    session_id: str
    refresh_token: str


class Owner(Entity):
    """The owner of the session, and the role that this user had when it was last used."""

    session_id: str
    user_id: str
    role: str


class Rotated(Entity):
    """`unknown`: no such session, or no token of it. `reused`: the token was used before, and the session has now ended.

    Else `refresh_token` is the next token.
    """

    outcome: Literal["rotated", "reused", "unknown"]
    session_id: str = ""
    user_id: str = ""
    refresh_token: str = ""


class SessionStore:
    """Every method raises Unavailable when back-redis is not there. Times are seconds since 1970.

    `key` signs refresh tokens; with more than `most` sessions a user's least recently used ones end.
    """

    def __init__(
        self,
        connection: RedisConnection,
        key: bytes,
        *,
        most: int = MOST_SESSIONS,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._connection = connection
        self._tokens = RefreshTokens(key)
        self._most = most
        self._now = now

    async def open(self, user_id: str, *, role: str, ip: str, user_agent: str) -> Opened:
        """A new session of `user_id` for seven days."""
        session_id = new_id()
        seed = secrets.token_urlsafe(32)
        now = self._now()
        fields = {
            "user_id": user_id,
            "role": role,
            "created_at": now,
            "last_used_at": now,
            "ip": ip,
            "user_agent": user_agent,
            "seed": seed,
            "generation": 1,
            "rotated_at": 0,
        }
        *_, surplus = await self._connection.transaction(
            ("HSET", _family(session_id), *(part for field in fields.items() for part in field)),
            *self._extend(session_id, user_id),
            ("ZREMRANGEBYSCORE", _index(user_id), "-inf", now),
            ("ZRANGE", _index(user_id), 0, -self._most - 1),
        )
        for oldest in surplus:
            await self.revoke(user_id, oldest)
        return Opened(session_id=session_id, refresh_token=self._tokens.make(session_id, seed, 1))

    async def owner(self, refresh_token: str) -> Owner | None:
        """The owner of the session; does not consume the token. None when the token is not one of an open session."""
        token = RefreshToken.parse(refresh_token)
        names = ("user_id", "role", "seed")
        user_id, role, seed = await self._connection.call("HMGET", _family(token.session_id), *names)
        genuine = self._tokens.genuine(token, seed)
        return Owner(session_id=token.session_id, user_id=user_id, role=role or "") if genuine else None

    async def rotate(self, refresh_token: str, *, role: str) -> Rotated:
        """Exchanges a refresh token for the next one, atomically; stores `role` with the session.

        The one before the current token gets the current one, for `REFRESH_GRACE` seconds.
        """
        token = RefreshToken.parse(refresh_token)
        session_id = token.session_id
        family = _family(token.session_id)
        now = self._now()

        def plan(fields: dict[str, str]) -> tuple[list[Command], Rotated]:
            if not self._tokens.genuine(token, fields.get("seed")):
                return [], Rotated(outcome="unknown")
            user_id = fields["user_id"]
            before = Generations.from_fields(fields)
            after = before.use(token.generation, now, grace=REFRESH_GRACE)
            if after is None:
                return self._revoke(session_id, user_id), Rotated(
                    outcome="reused", session_id=session_id, user_id=user_id
                )
            going_on = Rotated(
                outcome="rotated",
                session_id=session_id,
                user_id=user_id,
                refresh_token=self._tokens.make(session_id, fields["seed"], after.current),
            )
            if after == before:  # written by one of many at the same moment, so that the others do not get in its way
                return [], going_on
            changed = {"role": role, "last_used_at": now, **after.fields()}
            flat = (part for field in changed.items() for part in field)
            return [("HSET", family, *flat), *self._extend(session_id, user_id)], going_on

        return await self._connection.update(family, ("HGETALL", family), plan)

    async def close(self, refresh_token: str) -> None:
        """Ends the session of a refresh token (logout). Ignores a token that is not one of an open session."""
        owner = await self.owner(refresh_token)
        if owner:
            await self.revoke(owner.user_id, owner.session_id)

    async def revoke(self, user_id: str, session_id: str) -> bool:
        """Ends a session of `user_id`, at every service within a second; False when that user has no such session."""
        family = _family(session_id)

        def plan(owner: str | None) -> tuple[list[Command], bool]:
            return (self._revoke(session_id, user_id), True) if owner == user_id else ([], False)

        return await self._connection.update(family, ("HGET", family, "user_id"), plan)

    async def revoke_all(self, user_id: str) -> None:
        """Ends all sessions of `user_id`."""
        for session_id in await self._connection.call("ZRANGE", _index(user_id), 0, -1):
            await self.revoke(user_id, session_id)

    async def list_sessions(self, user_id: str) -> list[Session]:
        """The open sessions of `user_id`, the last used first."""
        ids = await self._connection.call("ZRANGE", _index(user_id), self._now(), "+inf", "BYSCORE")
        if not ids:
            return []
        families = await self._connection.transaction(*(("HGETALL", _family(session_id)) for session_id in ids))
        sessions = [_session(session_id, fields) for session_id, fields in zip(ids, families, strict=True) if fields]
        return sorted(sessions, key=lambda session: session.last_used_at, reverse=True)

    def _extend(self, session_id: str, user_id: str) -> list[Command]:
        return [
            ("EXPIRE", _family(session_id), REFRESH_TOKEN_EXPIRATION),
            ("ZADD", _index(user_id), self._now() + REFRESH_TOKEN_EXPIRATION, session_id),
            ("EXPIRE", _index(user_id), REFRESH_TOKEN_EXPIRATION),
        ]

    def _revoke(self, session_id: str, user_id: str) -> list[Command]:
        return [
            ("DEL", _family(session_id)),
            ("ZREM", _index(user_id), session_id),
            revoke_command(session_id),
        ]


def _session(session_id: str, fields: Mapping[str, str]) -> Session:
    return Session(
        id=session_id,
        created_at=_moment(fields["created_at"]),
        last_used_at=_moment(fields["last_used_at"]),
        expires_at=_moment(float(fields["last_used_at"]) + REFRESH_TOKEN_EXPIRATION),
        ip=fields["ip"],
        user_agent=fields["user_agent"],
    )


def _moment(seconds: str | float) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)


def _family(session_id: str) -> str:
    return f"session:family:{session_id}"


def _index(user_id: str) -> str:
    return f"session:user:{user_id}"
