"""When the tasks of the schedule were last sent, in back-redis. A time ahead of the clock counts as now.

A wrong clock, or one ahead of beat's, writes such a time. Waiting for it would stop the schedule until then.
"""

import time
from datetime import UTC, datetime
from typing import Any

import structlog

LAST_RUNS = "celery:beat:last-runs"
TOLERATED_SECONDS = 5.0
"""Clocks of two hosts may be so far apart (tests/resilience/test_clock_skew.py)."""
log = structlog.get_logger("beat")


class LastRuns:
    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def record(self, name: str) -> None:
        """The task has been sent now."""
        self._redis.hset(LAST_RUNS, name, time.time())

    def get(self, name: str) -> datetime:
        """When it was sent last; now, where that is not known or lies ahead."""
        now = time.time()
        self._redis.hsetnx(LAST_RUNS, name, now)
        stored = self._redis.hget(LAST_RUNS, name)
        at = not_ahead(name, _seconds(stored), now)
        if at == now:
            self._redis.hset(LAST_RUNS, name, now)
        return datetime.fromtimestamp(at, UTC)


def not_ahead(name: str, at: float, now: float) -> float:
    """`at`, or `now` where it lies ahead of that; both in seconds since 1970."""
    if at <= now + TOLERATED_SECONDS:
        return at
    log.warning("a time ahead of the clock counts as now", task=name, ahead=f"{at - now:.0f} s")
    return now


def _seconds(text: str | None) -> float:
    """Of what is stored; without end where that is no time."""
    try:
        return float(text or "inf")
    except ValueError:
        return float("inf")
