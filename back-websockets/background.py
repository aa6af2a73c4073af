"""Work beside the connections: ended with the process, and missed when it ends before."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

import structlog

from shared.utils.tasks import cancelled

log = structlog.get_logger("background")


class Background:
    """As an async context manager: runs all `works` until the end of the block."""

    def __init__(self, *works: Coroutine[Any, Any, None]) -> None:
        self._works = works
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(work) for work in self._works]
        for task in self._tasks:
            task.add_done_callback(_tell)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await cancelled(self._tasks)

    async def check(self) -> None:
        """For readiness: raises when one has failed, since logins would then not end connections any more."""
        if any(task.done() for task in self._tasks):
            raise RuntimeError("background work has ended")


def _tell(task: "asyncio.Task[None]") -> None:
    if not task.cancelled():
        log.error("background work has ended", exc_info=task.exception())
