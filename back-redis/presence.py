"""Who is connected right now: `presence:online`, users by the time (seconds since 1970) at which their entry expires.

Each back-websockets repeats a heartbeat for its users, in batches. Nobody is removed when a connection ends,
since another process may have one of the same user; without heartbeats, as after kill -9, an entry expires.
"""

import time
from collections.abc import Sequence

from back_redis.connection import Command, RedisConnection

KEY = "presence:online"
TTL_SECONDS = 25
FURTHEST_SECONDS = 2 * TTL_SECONDS
"""An entry that expires later than that was written by a wrong clock and is ignored."""
BATCH = 500


class Presence:
    """Every method raises Unavailable."""

    def __init__(self, connection: RedisConnection) -> None:
        self._connection = connection

    async def heartbeat(self, user_ids: Sequence[str]) -> None:
        """Records that they are connected, in one round trip."""
        if not user_ids:
            return
        now = int(time.time())
        until = now + TTL_SECONDS
        batches = [user_ids[start : start + BATCH] for start in range(0, len(user_ids), BATCH)]
        commands: list[Command] = [
            ("ZADD", KEY, "GT", *(part for user_id in batch for part in (until, user_id))) for batch in batches
        ]
        past: Command = ("ZREMRANGEBYSCORE", KEY, "-inf", now - TTL_SECONDS)
        ahead: Command = ("ZREMRANGEBYSCORE", KEY, now + FURTHEST_SECONDS, "+inf")  # a clock was wrong once
        await self._connection.pipeline(ahead, *commands, past, ("EXPIRE", KEY, 4 * TTL_SECONDS))

    async def online(self, user_ids: Sequence[str]) -> list[str]:
        """Those of `user_ids` who are connected, in their order."""
        if not user_ids:
            return []
        scores = await self._connection.call("ZMSCORE", KEY, *user_ids)
        now = time.time()
        return [
            user_id
            for user_id, score in zip(user_ids, scores, strict=True)
            if score and now < float(score) < now + FURTHEST_SECONDS
        ]

    async def total(self) -> int:
        """The number of connected users."""
        now = int(time.time())
        return int(await self._connection.call("ZCOUNT", KEY, f"({now}", f"({now + FURTHEST_SECONDS}"))
