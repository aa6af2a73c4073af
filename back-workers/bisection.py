"""Batches that are bisected when they fail, so that one item that fails alone does not hold up the others."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

from shared.utils.errors import Conflict, NotFound, ServiceError
from shared.utils.failures import Verdict, verdict_of

MOST_ALONE = 5
"""So many items fail one by one, while none is done: it is not the items' fault."""
Item = TypeVar("Item")
log = structlog.get_logger("tasks")


class BisectingBatch(Generic[Item]):
    """Runs `work`, which is idempotent, on all items at once, and on each half where that fails; `failed` are those that failed alone."""

    def __init__(self, work: Callable[[list[Item]], Awaitable[None]]) -> None:
        self._work = work
        self._has_done = False
        self._error: ServiceError | None = None
        self.failed: list[Item] = []

    async def run(self, items: list[Item]) -> list[Item]:
        """Those of `items` that failed alone; the others are done, in order.

        Raises:
            Unavailable: a service is away.
            Conflict, NotFound: the work is not ours any more.
            ServiceError: none of all items so far could be done; this is why the first of them could not.
        """
        failed = await self._run(items)
        if self._error and not self._has_done:
            raise self._error
        return failed

    async def _run(self, items: list[Item]) -> list[Item]:
        try:
            await self._work(items)
        except (Conflict, NotFound):
            raise
        except ServiceError as error:
            if verdict_of(error) is Verdict.AWAY:
                raise
            return await self._bisect(items, error)
        self._has_done = True
        return []

    async def _bisect(self, items: list[Item], error: ServiceError) -> list[Item]:
        if len(items) > 1:
            middle = len(items) // 2
            return [*await self._run(items[:middle]), *await self._run(items[middle:])]
        log.error("item failed", error=type(error).__name__, detail=error.detail)
        self._error = self._error or error
        self.failed += items
        if not self._has_done and len(self.failed) >= MOST_ALONE:
            raise error
        return items
