"""Background jobs: started with the process, restarted when they fail, ended with the process."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Self

import structlog

from shared.chassis.retry import pause_after
from shared.utils.errors import ServiceError, Unavailable
from shared.utils.tasks import cancelled

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 10.0
Job = Callable[[], Awaitable[None]]
log = structlog.get_logger("background")


class Background:
    """Runs `jobs` by name, as an async context manager. Each must run until it is cancelled.

    A job that ends or fails is restarted after a pause, from `first_pause` doubled up to `longest_pause` (seconds). After
    a run longer than that the pauses begin with the first one again.
    """

    def __init__(
        self,
        jobs: Mapping[str, Job],
        *,
        first_pause: float = FIRST_PAUSE_SECONDS,
        longest_pause: float = LONGEST_PAUSE_SECONDS,
    ) -> None:
        self._jobs = jobs
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._tasks: list[asyncio.Task[None]] = []
        self._down: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._keep(name, job), name=name) for name, job in self._jobs.items()]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await cancelled(self._tasks)

    async def check(self) -> None:
        """For readiness. Raises Unavailable while a job is down."""
        if self._down:
            raise Unavailable(", ".join(f"{name}: {problem}" for name, problem in self._down.items()))

    async def _keep(self, name: str, job: Job) -> None:
        clock = asyncio.get_running_loop().time
        failures = 0
        while True:
            started = clock()
            problem = await _problem_of(name, job)
            failures = 1 if clock() - started > self._longest_pause else failures + 1
            self._down[name] = problem
            await asyncio.sleep(pause_after(failures, first=self._first_pause, longest=self._longest_pause))
            self._down.pop(name)


async def _problem_of(name: str, job: Job) -> str:
    """Runs `job`. Returns why it ended."""
    try:
        await job()
    except ServiceError as error:
        log.warning("job interrupted", job=name, error=type(error).__name__, detail=error.detail)
        return type(error).__name__
    except Exception as error:  # one job's mistake must not end the others
        log.exception("job failed", job=name)
        return type(error).__name__
    log.error("job ended", job=name)
    return "ended"
