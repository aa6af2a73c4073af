"""Celery's scheduler for several replicas of beat: only the one that holds a lease in back-redis sends tasks.

When a task was last sent is stored there too, not in a file: a replica that takes over continues where the other one
stopped, and a month that begins while no beat runs is billed when one is back.
"""

import os
import time
from typing import Any

import structlog
from celery.beat import Scheduler
from prometheus_client import Gauge
from redis import Redis
from redis.exceptions import RedisError
from settings import NAME, TaskSettings

from celery_app import health
from celery_app.last_runs import LastRuns, not_ahead
from shared.utils.ids import new_id

LEASE = "celery:beat:lease"
OVERDUE_INTERVALS = 6
"""The schedule has stopped when no task was sent for so many of its shortest intervals."""
LEAST_OVERDUE_SECONDS = 60.0
_ACQUIRE_OR_RENEW = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
"""
SENT_AT = Gauge("beat_last_sent_timestamp_seconds", "When the schedule has last sent a task, since 1970.")
log = structlog.get_logger("beat")


class LeasedScheduler(Scheduler):
    """`beat_scheduler` of celeryconfig."""

    schedule: Any  # entries by name; celery has no types
    _heap: Any

    def __init__(self, *arguments: Any, lazy: bool = False, **named: Any) -> None:
        settings = TaskSettings.load()
        self._lease_seconds = settings.beat_lease_seconds
        self._holder = f"{os.uname().nodename}-{os.getpid()}-{new_id()}"
        self._has_lease = False
        self._redis: Any = Redis(
            host=settings.redis_host,
            port=settings.redis_port,
            username=NAME,
            password=settings.redis_password.get_secret_value(),
            socket_timeout=2.0,
            socket_connect_timeout=2.0,
            decode_responses=True,
            protocol=2,
        )
        self._last_runs = LastRuns(self._redis)
        self._sent_at = time.monotonic()
        super().__init__(*arguments, lazy=lazy, **named)  # pyright: ignore[reportUnknownMemberType]
        if not lazy:
            self.setup_schedule()  # pyright: ignore[reportUnknownMemberType]
            health.start(settings.host, settings.health_port)

    def tick(self, *arguments: Any, **named: Any) -> float:
        """Seconds until it wants to be called again."""
        try:
            had_lease = self._has_lease
            self._has_lease = self._acquire_or_renew()
            if self._has_lease and not had_lease:
                self._take_over()
        except RedisError as error:
            self._has_lease = False
            health.readiness.unready(f"back-redis: {type(error).__name__}")
            return 1.0
        if not self._has_lease:
            health.readiness.ready(for_seconds=health.STALE_SECONDS)
            return 1.0
        self._report_readiness()
        self._correct_last_runs()
        return min(self._scheduled(*arguments, **named), self._lease_seconds / 3)

    def _scheduled(self, *arguments: Any, **named: Any) -> float:
        tick: Any = super().tick  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return float(tick(*arguments, **named))

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        """Sends a task that is due; when that fails, it stays due."""
        try:
            self.apply_async(entry, producer=producer, advance=False)  # pyright: ignore[reportUnknownMemberType]
            self._last_runs.record(entry.name)
            self._sent_at = time.monotonic()
            SENT_AT.set_to_current_time()
        except Exception as error:  # noqa: BLE001 - the schedule must go on
            log.warning("could not send a scheduled task", task=entry.task, error=type(error).__name__)
            self.schedule[entry.name] = entry
            self._heap = None
            self._has_lease = False

    def _acquire_or_renew(self) -> bool:
        return bool(self._redis.eval(_ACQUIRE_OR_RENEW, 1, LEASE, self._holder, self._lease_seconds * 1000))

    def _take_over(self) -> None:
        """Loads when the tasks were last sent."""
        log.info("acquired the lease", holder=self._holder)
        self._sent_at = time.monotonic()
        for name, entry in self.schedule.items():
            entry.last_run_at = self._last_runs.get(name)
        self._heap = None

    def _correct_last_runs(self) -> None:
        """The clock may have been set back since a task was sent."""
        now = time.time()
        for name, entry in self.schedule.items():
            at = entry.last_run_at.timestamp()
            if not_ahead(name, at, now) != at:
                entry.last_run_at = self._last_runs.get(name)
                self._heap = None

    def _report_readiness(self) -> None:
        silent = time.monotonic() - self._sent_at
        longest = self._overdue_seconds()
        if silent > longest:
            problem = f"the schedule has sent nothing for {silent:.0f} s, and should at least every {longest:.0f} s"
            health.readiness.unready(problem)
        else:
            health.readiness.ready(for_seconds=health.STALE_SECONDS)

    def _overdue_seconds(self) -> float:
        """The time without any sent task after which beat is unready."""
        intervals = [
            entry.schedule.run_every for entry in self.schedule.values() if hasattr(entry.schedule, "run_every")
        ]
        shortest = min((every.total_seconds() for every in intervals), default=float("inf"))
        return max(LEAST_OVERDUE_SECONDS, OVERDUE_INTERVALS * shortest)
