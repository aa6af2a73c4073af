"""Keeps the tasks of the events process running: one that ends is started again, with growing pauses."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Self

import structlog

from shared.utils.errors import Unavailable
from shared.utils.tasks import cancelled

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 10.0
log = structlog.get_logger("supervisor")


class Supervisor:
    """Runs `jobs` by name, as an async context manager."""

    def __init__(self, jobs: Mapping[str, Callable[[], Awaitable[None]]]) -> None:
        self._jobs = jobs
        self._tasks: list[asyncio.Task[None]] = []
        self._failed: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._keep(name), name=name) for name in self._jobs]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await cancelled(self._tasks)

    async def check(self) -> None:
        """For readiness. Raises Unavailable while a job is down."""
        if self._failed:
            raise Unavailable(", ".join(f"{name}: {problem}" for name, problem in self._failed.items()))

    async def _keep(self, name: str) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            started = asyncio.get_running_loop().time()
            try:
                await self._jobs[name]()
                problem = "ended"
            except Exception as error:  # one job's mistake must not end the others
                problem = type(error).__name__
                log.exception("job failed", job=name)
            if asyncio.get_running_loop().time() - started > LONGEST_PAUSE_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            self._failed[name] = problem
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            self._failed.pop(name)
