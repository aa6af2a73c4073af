"""The schedule of several beat replicas runs once: only the one that holds a lease in back-redis ticks.

When a task was last sent lies there too, and not in a file: a replica that takes over continues where the other one
stopped, and a month that begins while nobody is there is billed when beat is back.
"""

import os
import time
from datetime import UTC, datetime
from typing import Any

import health_server
import structlog
from celery.beat import Scheduler
from redis import Redis
from redis.exceptions import RedisError
from settings import NAME, TaskSettings

from shared.utils.ids import new_id

LEASE = "celery:beat:lease"
LAST_RUNS = "celery:beat:last-runs"
_TAKE_OR_RENEW = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
"""
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
        health_server.readiness.ready(for_seconds=health_server.STALE_SECONDS)
        if not self._holding:
            return 1.0
        return min(self._scheduled(*arguments, **named), self._lease_seconds / 3)

    def _scheduled(self, *arguments: Any, **named: Any) -> float:
        tick: Any = super().tick  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return float(tick(*arguments, **named))

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        """Sends a task that is due; when that fails, it stays due."""
        try:
            self.apply_async(entry, producer=producer, advance=False)  # pyright: ignore[reportUnknownMemberType]
            self._redis.hset(LAST_RUNS, entry.name, time.time())
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
        for name, entry in self.schedule.items():
            self._redis.hsetnx(LAST_RUNS, name, time.time())
            entry.last_run_at = datetime.fromtimestamp(float(self._redis.hget(LAST_RUNS, name)), UTC)
        self._heap = None
