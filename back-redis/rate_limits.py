"""Counts attempts in windows under `ratelimit:<service>:*`. The subject (an address, an e-mail) is stored hashed."""

import hashlib
from dataclasses import dataclass

from back_redis.connection import RedisConnection
from shared.utils.errors import TooManyRequests


@dataclass(frozen=True)
class Limit:
    """At most `attempts` in a window of `seconds` that opens with the first one."""

    attempts: int
    seconds: int


@dataclass(frozen=True)
class Decision:
    """`retry_after` is in seconds, 0 while there are attempts left."""

    allowed: bool
    remaining: int
    retry_after: int


class RateLimiter:
    """The limits of one service. Counting and opening the window is one transaction, so that parallel attempts all count."""

    def __init__(self, connection: RedisConnection, service: str) -> None:
        self._connection = connection
        self._prefix = f"ratelimit:{service}:"

    async def hit(self, name: str, subject: str, limit: Limit) -> Decision:
        """Counts one attempt of `subject` on the limit called `name`. Raises Unavailable."""
        key = self._key(name, subject)
        _, count, left_ms = await self._connection.transaction(
            ("SET", key, 0, "EX", limit.seconds, "NX"), ("INCR", key), ("PTTL", key)
        )
        return _decide(int(count), int(left_ms), limit)

    async def demand(self, name: str, subject: str, limit: Limit) -> Decision:
        """Like `hit`.

        Raises:
            TooManyRequests: this attempt is above the limit.
            Unavailable: back-redis is not there.
        """
        decision = await self.hit(name, subject, limit)
        if not decision.allowed:
            raise TooManyRequests("Too many attempts. Please wait and try again.", retry_after=decision.retry_after)
        return decision

    async def give_back(self, name: str, subject: str) -> None:
        """Takes back one counted attempt, for limits that only failures are to use up. Raises Unavailable."""
        key = self._key(name, subject)
        if await self._connection.call("DECR", key) < 0:  # the window has ended meanwhile
            await self._connection.call("DEL", key)

    async def reset(self, name: str, subject: str) -> None:
        """Forgets all attempts of `subject`. Raises Unavailable."""
        await self._connection.call("DEL", self._key(name, subject))

    def _key(self, name: str, subject: str) -> str:
        return f"{self._prefix}{name}:{hashlib.sha256(subject.encode()).hexdigest()[:32]}"


def _decide(count: int, left_ms: int, limit: Limit) -> Decision:
    allowed = count <= limit.attempts
    retry_after = 0 if allowed else max(1, -(-left_ms // 1000))
    return Decision(allowed, max(0, limit.attempts - count), retry_after)
