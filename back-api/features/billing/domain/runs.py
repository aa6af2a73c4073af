"""Starting and watching a billing run. back-workers does it; PostgreSQL keeps its books."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from shared.models.base import Page
from shared.models.billing import BillingRun, BillingRunAccepted, BillingRunCreate, BillingRunStart, day_after
from shared.utils.errors import Conflict, Invalid, NotFound


class RunNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such billing run.")


class RunActive(Conflict):
    def __init__(self, period: str) -> None:
        super().__init__(f"A billing run of {period} is already running. Wait until it has finished.")


class RunStore(Protocol):
    """back-postgres."""

    async def create(self, start: BillingRunStart) -> BillingRun:
        """Makes the run with its task, pending. Raises RunActive."""
        ...

    async def get(self, run_id: str) -> BillingRun:
        """Raises RunNotFound."""
        ...

    async def list_runs(self, *, limit: int, cursor: str | None) -> Page[BillingRun]: ...


class RunQueue(Protocol):
    async def announce(self, run_id: str) -> None:
        """Wakes a worker. Never raises: a run that is not announced stays pending until the sweeper finds it."""
        ...


class RunDomain:
    """`today` gives the day in UTC."""

    def __init__(self, store: RunStore, queue: RunQueue, today: Callable[[], date]) -> None:
        self._store = store
        self._queue = queue
        self._today = today

    async def start(self, request: BillingRunCreate, requested_by: str) -> BillingRunAccepted:
        """Raises Invalid for a month that has not begun, RunActive for one that is being billed."""
        if request.period > self._today().strftime("%Y-%m"):
            raise Invalid.field("period", "Month must be this one or an earlier one.")
        start = BillingRunStart(
            period=request.period,
            dry_run=request.dry_run,
            due_before=day_after(request.period),
            requested_by=requested_by,
        )
        run = await self._store.create(start)
        await self._queue.announce(run.id)
        return BillingRunAccepted(id=run.id, task_id=run.task_id, period=run.period, state=run.state)

    async def get(self, run_id: str) -> BillingRun:
        return await self._store.get(run_id)

    async def list_runs(self, *, limit: int, cursor: str | None) -> Page[BillingRun]:
        return await self._store.list_runs(limit=limit, cursor=cursor)
