"""Logs once when back-redis becomes nearly full, and once when it no longer is."""

import structlog
from prometheus_client import Gauge

from back_redis.memory import ALARM
from shared.models.event_streams import StoreMemory

OVER = 0.85
"""The alarm ends only below this share, so that it does not go on and off."""
USED = Gauge("redis_memory_used_ratio", "What back-redis holds, of what it may.")
log = structlog.get_logger("watch")


class MemoryAlarm:
    def __init__(self) -> None:
        self.is_on = False

    def update(self, memory: StoreMemory) -> None:
        USED.set(memory.fraction)
        if not self.is_on and memory.fraction >= ALARM:
            self.is_on = True
            log.error("back-redis is nearly full", used=f"{memory.fraction:.0%}", limit_bytes=memory.limit_bytes)
        elif self.is_on and memory.fraction < OVER:
            self.is_on = False
            log.info("back-redis has room again", used=f"{memory.fraction:.0%}")
