"""Enqueuing work for back-workers: Celery messages in back-redis, sent beside the event loop and never waited for long."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import structlog
from celery import Celery

from shared.chassis import tracing
from shared.chassis.settings import RedisSettings
from shared.utils import correlation
from shared.utils.errors import Unavailable

KEY_PREFIX = "celery:"
SEND_SECONDS = 3.0
CORRELATION_HEADER = "x_correlation_id"
log = structlog.get_logger("task-queue")


class TaskQueue:
    """Sends tasks by name; their results lie in PostgreSQL, so none are kept here."""

    def __init__(self, settings: RedisSettings, service: str) -> None:
        password = quote(settings.redis_password.get_secret_value(), safe="")
        self._celery: Any = Celery(  # its parts are untyped
            service, broker=f"redis://{service}:{password}@{settings.redis_host}:{settings.redis_port}/0"
        )
        self._celery.conf.update(
            task_ignore_result=True,
            broker_pool_limit=2,
            broker_transport_options={
                "global_keyprefix": KEY_PREFIX,
                "socket_connect_timeout": 1.0,
                "socket_timeout": 2.0,
                "max_retries": 0,
            },
        )
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="task-queue")

    async def send(self, name: str, *args: str, queue: str = "celery") -> None:
        """Enqueues task `name`; `queue` is one that a process of back-workers works on.

        Raises:
            Unavailable: back-redis did not take it within three seconds, whatever the reason.
        """
        try:
            with tracing.client_span("back-redis", f"send {name}"):
                headers = {CORRELATION_HEADER: correlation.current(), **tracing.trace_headers()}
                sending = asyncio.get_running_loop().run_in_executor(
                    self._threads, self._send, name, args, headers, queue
                )
                await asyncio.wait_for(sending, SEND_SECONDS)
        except Exception as error:  # kombu's, redis' and the system's own; none of them may turn into a 500
            log.warning("task not sent", task=name, reason=f"{type(error).__name__}: {error}"[:200])
            raise Unavailable(dependency="back-redis") from error

    def _send(self, name: str, args: tuple[str, ...], headers: dict[str, str], queue: str) -> None:
        self._celery.send_task(name, args=args, headers=headers, queue=queue, retry=False)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._celery.close()
