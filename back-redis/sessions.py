"""Sessions as refresh token families: `session:family:<id>` (hash) and `session:user:<user_id>` (ids by expiry).

A token is `<family>.<secret>`; only the SHA-256 of a secret is stored (it has 256 bits, so that no slow hash is needed).
`current` holds the hashes that may be used next: one, or several when tabs refreshed at the same moment.
`previous` holds the generation before, which for ten seconds gets a token of the current one too. Anything else is reuse.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Literal

from back_redis.connection import Command, RedisConnection
from back_redis.revocations import revoke_command
from shared.models.base import Entity
from shared.models.session import Session
from shared.security.constants import REFRESH_GRACE, REFRESH_TOKEN_EXPIRATION
from shared.utils.ids import new_id

MAX_SIBLINGS = 16


class Opened(Entity):
    """A new session and its first refresh token."""

    session_id: str
    refresh_token: str


class Owner(Entity):
    """Whose session it is, and the role that this user had when it was last used."""

    user_id: str
    role: str


class Rotated(Entity):
    """`unknown`: no such session. `reused`: the token was used before, and the session has now ended. Else the new token."""

    outcome: Literal["rotated", "reused", "unknown"]
    session_id: str = ""
    user_id: str = ""
    refresh_token: str = ""


class SessionStore:
    """Every method raises Unavailable when back-redis is not there. Times are seconds since 1970."""

    def __init__(self, connection: RedisConnection, now: Callable[[], float] = time.time) -> None:
        self._connection, self._now = connection, now

    async def open(self, user_id: str, *, role: str, ip: str, user_agent: str) -> Opened:
        """A new session of `user_id` for seven days."""
        session_id, secret, now = new_id(), secrets.token_urlsafe(32), self._now()
        fields = {
            "user_id": user_id,
            "role": role,
            "created_at": now,
            "last_used_at": now,
            "ip": ip,
            "user_agent": user_agent,
            "current": _hash(secret),
            "previous": "",
            "rotated_at": 0,
        }
        await self._connection.transaction(
            ("HSET", _family(session_id), *(part for field in fields.items() for part in field)),
            *self._prolong(session_id, user_id),
            ("ZREMRANGEBYSCORE", _index(user_id), "-inf", now),
        )
        return Opened(session_id=session_id, refresh_token=f"{session_id}.{secret}")

    async def owner(self, refresh_token: str) -> Owner | None:
        """Whose session `refresh_token` names, without using the token up; None when there is no such session."""
        user_id, role = await self._connection.call("HMGET", _family(_session_id(refresh_token)), "user_id", "role")
        return Owner(user_id=user_id, role=role or "") if user_id else None

    async def rotate(self, refresh_token: str, *, role: str) -> Rotated:
        """Exchanges a refresh token for the next one, atomically; `role` is kept with the session."""
        session_id, _, secret = refresh_token.partition(".")
        family = _family(session_id)
        used, successor, now = _hash(secret), secrets.token_urlsafe(32), self._now()

        def plan(fields: dict[str, str]) -> tuple[list[Command], Rotated]:
            if not fields:
                return [], Rotated(outcome="unknown")
            user_id = fields["user_id"]
            generation = _next_generation(fields, used, _hash(successor), now)
            if generation is None:
                return self._end(session_id, user_id), Rotated(outcome="reused", session_id=session_id, user_id=user_id)
            changed = (part for field in generation.items() for part in field)
            return [("HSET", family, "role", role, *changed), *self._prolong(session_id, user_id)], Rotated(
                outcome="rotated",
                session_id=session_id,
                user_id=user_id,
                refresh_token=f"{session_id}.{successor}",
            )

        return await self._connection.update(family, ("HGETALL", family), plan)

    async def close(self, refresh_token: str) -> None:
        """Ends the session of a refresh token (logout). A token that is not of this session's last two generations is ignored."""
        session_id, _, secret = refresh_token.partition(".")
        family = _family(session_id)

        def plan(fields: dict[str, str]) -> tuple[list[Command], None]:
            known = f"{fields.get('current', '')} {fields.get('previous', '')}".split()
            return (self._end(session_id, fields["user_id"]) if _hash(secret) in known else []), None

        await self._connection.update(family, ("HGETALL", family), plan)

    async def revoke(self, user_id: str, session_id: str) -> bool:
        """Ends a session of `user_id`, at every service within a second; False when that user has no such session."""
        family = _family(session_id)

        def plan(owner: str | None) -> tuple[list[Command], bool]:
            return (self._end(session_id, user_id), True) if owner == user_id else ([], False)

        return await self._connection.update(family, ("HGET", family, "user_id"), plan)

    async def revoke_all(self, user_id: str) -> None:
        """Ends all sessions of `user_id`."""
        for session_id in await self._connection.call("ZRANGE", _index(user_id), 0, -1):
            await self.revoke(user_id, session_id)

    async def of_user(self, user_id: str) -> list[Session]:
        """The open sessions of `user_id`, the last used first."""
        ids = await self._connection.call("ZRANGE", _index(user_id), self._now(), "+inf", "BYSCORE")
        if not ids:
            return []
        families = await self._connection.transaction(*(("HGETALL", _family(session_id)) for session_id in ids))
        sessions = [_session(session_id, fields) for session_id, fields in zip(ids, families, strict=True) if fields]
        return sorted(sessions, key=lambda session: session.last_used_at, reverse=True)

    def _prolong(self, session_id: str, user_id: str) -> list[Command]:
        return [
            ("EXPIRE", _family(session_id), REFRESH_TOKEN_EXPIRATION),
            ("ZADD", _index(user_id), self._now() + REFRESH_TOKEN_EXPIRATION, session_id),
            ("EXPIRE", _index(user_id), REFRESH_TOKEN_EXPIRATION),
        ]

    def _end(self, session_id: str, user_id: str) -> list[Command]:
        return [
            ("DEL", _family(session_id)),
            ("ZREM", _index(user_id), session_id),
            revoke_command(session_id),
        ]


def _next_generation(fields: Mapping[str, str], used: str, successor: str, now: float) -> dict[str, str | float] | None:
    """The changed fields of the family after `used` was presented; None when that is reuse."""
    current, previous = fields["current"].split(), fields["previous"].split()
    if used in current:
        return {"current": successor, "previous": " ".join(current), "rotated_at": now, "last_used_at": now}
    if (
        used in previous and abs(now - float(fields["rotated_at"])) <= REFRESH_GRACE
    ):  # no grace without end by a wrong clock
        return {"current": " ".join([*current[-MAX_SIBLINGS + 1 :], successor]), "last_used_at": now}
    return None


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


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _session_id(refresh_token: str) -> str:
    return refresh_token.partition(".")[0]


def _family(session_id: str) -> str:
    return f"session:family:{session_id}"


def _index(user_id: str) -> str:
    return f"session:user:{user_id}"
