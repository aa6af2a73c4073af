"""Tells back-redis who is connected here: newcomers within a second, everybody again before it is forgotten."""

import asyncio
import time

import structlog
from hub import Hub

from back_redis.presence import Presence
from shared.utils.errors import Unavailable

LOOK_SECONDS = 1.0
AGAIN_SECONDS = 10.0
log = structlog.get_logger("presence")


async def keep(hub: Hub, presence: Presence) -> None:
    """Until cancelled. Whoever left is simply not confirmed again: another process may still have them."""
    told_all = 0.0
    while True:
        try:
            if time.monotonic() - told_all >= AGAIN_SECONDS:
                hub.arrivals()
                await presence.confirm(hub.users())
                told_all = time.monotonic()
            else:
                await presence.confirm(list(hub.arrivals()))
        except Unavailable:
            log.info("presence not told")
            told_all = 0.0
        await asyncio.sleep(LOOK_SECONDS)
