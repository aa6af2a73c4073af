"""Counts attempts in windows under `ratelimit:<service>:*`. The subject (an address, an e-mail) is stored hashed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from back_redis.connection import Command, RedisConnection
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


class CountedAttempt(NamedTuple):
    """One attempt of `subject` on the limit called `name`."""

    name: str
    subject: str
    limit: Limit


class RateLimiter:
    """The limits of one service. Counting and opening the window is one transaction, so that parallel attempts all count."""

    def __init__(self, connection: RedisConnection, service: str) -> None:
        self._connection = connection
        self._prefix = f"ratelimit:{service}:"

    async def hit(self, *attempts: CountedAttempt) -> list[Decision]:
        """Counts one attempt on each, in one round trip. Raises Unavailable."""
        replies = await self._connection.transaction(*(part for attempt in attempts for part in self._count(attempt)))
        counts = replies[1::3]
        left = replies[2::3]
        return [_decide(int(n), int(ms), each.limit) for n, ms, each in zip(counts, left, attempts, strict=True)]

    async def acquire(self, *attempts: CountedAttempt) -> list[Decision]:
        """Like `hit`, but all or none.

        Raises:
            TooManyRequests: one of them is above its limit; the others are not counted then.
            Unavailable: back-redis is not there.
        """
        decisions = await self.hit(*attempts)
        if refused := [decision for decision in decisions if not decision.allowed]:
            allowed = [each for each, decision in zip(attempts, decisions, strict=True) if decision.allowed]
            await self.release(*allowed)
            retry_after = max(decision.retry_after for decision in refused)
            raise TooManyRequests.after(retry_after)
        return decisions

    async def release(self, *attempts: CountedAttempt, forget: Sequence[CountedAttempt] = ()) -> None:
        """Takes back one counted attempt of each, for limits that only failures use up; those of `forget` are reset."""
        keys = [self._key(each) for each in attempts]
        commands: list[Command] = [*(("DECR", key) for key in keys), *(("DEL", self._key(each)) for each in forget)]
        if not commands:
            return
        replies = await self._connection.transaction(*commands)
        ended = [key for key, count in zip(keys, replies, strict=False) if count < 0]  # their windows closed meanwhile
        if ended:
            await self._connection.call("DEL", *ended)

    def _count(self, attempt: CountedAttempt) -> tuple[Command, ...]:
        key = self._key(attempt)
        return ("SET", key, 0, "EX", attempt.limit.seconds, "NX"), ("INCR", key), ("PTTL", key)

    def _key(self, attempt: CountedAttempt) -> str:
        return f"{self._prefix}{attempt.name}:{hashlib.sha256(attempt.subject.encode()).hexdigest()[:32]}"


def _decide(count: int, left_ms: int, limit: Limit) -> Decision:
    allowed = count <= limit.attempts
    retry_after = 0 if allowed else max(1, -(-left_ms // 1000))
    return Decision(allowed, max(0, limit.attempts - count), retry_after)
