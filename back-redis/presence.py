"""Who is connected right now: `presence:online`, users by the time (seconds since 1970) until which that is believed.

Each back-websockets confirms its users again and again, in batches. Nobody is taken out when a connection ends, since
another process may have one of the same user; whoever is no longer confirmed, be it by kill -9, drops out by the clock.
"""

import time
from collections.abc import Sequence

from back_redis.connection import Command, RedisConnection

KEY = "presence:online"
BELIEVED_SECONDS = 25
BATCH = 500


class Presence:
    """Every method raises Unavailable."""

    def __init__(self, connection: RedisConnection) -> None:
        self._connection = connection

    async def confirm(self, user_ids: Sequence[str]) -> None:
        """They are connected; in one round trip."""
        if not user_ids:
            return
        until = int(time.time()) + BELIEVED_SECONDS
        batches = [user_ids[start : start + BATCH] for start in range(0, len(user_ids), BATCH)]
        commands: list[Command] = [
            ("ZADD", KEY, "GT", *(part for user_id in batch for part in (until, user_id))) for batch in batches
        ]
        forgotten: Command = ("ZREMRANGEBYSCORE", KEY, "-inf", int(time.time()) - BELIEVED_SECONDS)
        await self._connection.pipeline(*commands, forgotten, ("EXPIRE", KEY, 4 * BELIEVED_SECONDS))

    async def online(self, user_ids: Sequence[str]) -> list[str]:
        """Those of `user_ids` who are connected, in their order."""
        if not user_ids:
            return []
        scores = await self._connection.call("ZMSCORE", KEY, *user_ids)
        now = time.time()
        return [user_id for user_id, score in zip(user_ids, scores, strict=True) if score and float(score) > now]

    async def total(self) -> int:
        """How many users are connected."""
        return int(await self._connection.call("ZCOUNT", KEY, f"({int(time.time())}", "+inf"))
