"""The schedule of several beat replicas runs once: only the one that holds a lease in back-redis ticks.

When a task was last sent lies there too, and not in a file: a replica that takes over continues where the other one
stopped, and a month that begins while nobody is there is billed when beat is back.
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

from celery_app import health as health_server
from celery_app.last_runs import LastRuns, believed
from shared.utils.ids import new_id

LEASE = "celery:beat:lease"
OVERDUE_INTERVALS = 6
"""So many of the shortest interval without a task that was sent: the schedule stands still."""
LEAST_OVERDUE_SECONDS = 60.0
_TAKE_OR_RENEW = """
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
        self._me, self._holding = f"{os.uname().nodename}-{os.getpid()}-{new_id()}", False
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
        self._last_runs, self._sent_at = LastRuns(self._redis), time.monotonic()
        super().__init__(*arguments, lazy=lazy, **named)  # pyright: ignore[reportUnknownMemberType]
        if not lazy:
            self.setup_schedule()  # pyright: ignore[reportUnknownMemberType]
            health_server.start(settings.host, settings.health_port)

    def tick(self, *arguments: Any, **named: Any) -> float:
        """Seconds until it wants to be called again."""
        try:
            held, self._holding = self._holding, self._take_or_renew()
            if self._holding and not held:
                self._continue()
        except RedisError as error:
            self._holding = False
            health_server.readiness.unready(f"back-redis: {type(error).__name__}")
            return 1.0
        if not self._holding:
            health_server.readiness.ready(for_seconds=health_server.STALE_SECONDS)
            return 1.0
        self._tell_readiness()
        self._bring_back()
        return min(self._scheduled(*arguments, **named), self._lease_seconds / 3)

    def _scheduled(self, *arguments: Any, **named: Any) -> float:
        tick: Any = super().tick  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return float(tick(*arguments, **named))

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        """Sends a task that is due; when that fails, it stays due."""
        try:
            self.apply_async(entry, producer=producer, advance=False)  # pyright: ignore[reportUnknownMemberType]
            self._last_runs.note(entry.name)
            self._sent_at = time.monotonic()
            SENT_AT.set_to_current_time()
        except Exception as error:  # noqa: BLE001 - the schedule must go on
            log.warning("could not send a scheduled task", task=entry.task, error=type(error).__name__)
            self.schedule[entry.name] = entry
            self._heap = None
            self._holding = False

    def _take_or_renew(self) -> bool:
        return bool(self._redis.eval(_TAKE_OR_RENEW, 1, LEASE, self._me, self._lease_seconds * 1000))

    def _continue(self) -> None:
        """Takes over the times of the last runs."""
        log.info("took the lease", holder=self._me)
        self._sent_at = time.monotonic()
        for name, entry in self.schedule.items():
            entry.last_run_at = self._last_runs.of(name)
        self._heap = None

    def _bring_back(self) -> None:
        """The clock may have been set back since a task was sent."""
        now = time.time()
        for name, entry in self.schedule.items():
            at = entry.last_run_at.timestamp()
            if believed(name, at, now) != at:
                entry.last_run_at = self._last_runs.of(name)
                self._heap = None

    def _tell_readiness(self) -> None:
        silent, longest = time.monotonic() - self._sent_at, self._overdue_seconds()
        if silent > longest:
            told = f"the schedule has sent nothing for {silent:.0f} s, and should at least every {longest:.0f} s"
            health_server.readiness.unready(told)
        else:
            health_server.readiness.ready(for_seconds=health_server.STALE_SECONDS)

    def _overdue_seconds(self) -> float:
        """After so long without any task sent something is wrong."""
        intervals = [
            entry.schedule.run_every for entry in self.schedule.values() if hasattr(entry.schedule, "run_every")
        ]
        shortest = min((every.total_seconds() for every in intervals), default=float("inf"))
        return max(LEAST_OVERDUE_SECONDS, OVERDUE_INTERVALS * shortest)
