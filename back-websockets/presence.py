"""Reports to back-redis who is connected here: new users within a second, all of them again before their entries expire."""

import asyncio
import time

import structlog
from hub import Hub

from back_redis.presence import Presence
from shared.utils.errors import Unavailable

NEW_USERS_SECONDS = 1.0
ALL_USERS_SECONDS = 10.0
log = structlog.get_logger("presence")


async def report(hub: Hub, presence: Presence) -> None:
    """Until cancelled. A user who left is simply not reported again: another process may still have one of their tabs."""
    reported_all = 0.0
    while True:
        try:
            if time.monotonic() - reported_all >= ALL_USERS_SECONDS:
                hub.take_new_users()
                await presence.heartbeat(hub.users())
                reported_all = time.monotonic()
            else:
                await presence.heartbeat(list(hub.take_new_users()))
        except Unavailable:
            log.info("presence not reported")
            reported_all = 0.0
        await asyncio.sleep(NEW_USERS_SECONDS)
