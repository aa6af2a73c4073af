"""One chunk of a billing run: what is due is read, priced and written. A subscription that fails holds up no other."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Protocol

from shared.models.billing import (
    BilledChunk,
    BillingChunk,
    BillingRun,
    InvoiceBatch,
    InvoiceDraft,
    Unbilled,
    day_after,
)
from shared.utils.errors import Conflict, NotFound, ServiceError
from shared.utils.failures import PeerFailed, Verdict, verdict_of

from .plans import PlanStore, PriceList
from .pricing import draft
from .subscription import Subscription

MOST_ALONE = 5
"""So many subscriptions fail one by one, while none is written: it is not their fault, and no further one is tried."""


class ChunkStore(Protocol):
    """back-postgres. Both raise RunNotFound."""

    async def list_due(self, run_id: str, *, before: date, after: str | None, limit: int) -> list[Subscription]:
        """By id, from behind `after` on."""
        ...

    async def write(self, run_id: str, batch: InvoiceBatch) -> BillingRun:
        """Idempotent, and renews the lease. Raises Conflict when the worker does not hold the run."""
        ...


class ChunkDomain:
    """`now` gives the moment in UTC."""

    def __init__(self, store: ChunkStore, plans: PlanStore, now: Callable[[], datetime]) -> None:
        self._store = store
        self._plans = plans
        self._now = now

    async def bill(self, run_id: str, chunk: BillingChunk) -> BilledChunk:
        """Bills the next due subscriptions; sent again, it bills none twice.

        Raises:
            Conflict, RunNotFound: the worker does not hold the run.
            Unavailable: a peer is away; nothing is lost.
            ServiceError: a peer fails, whatever it is asked.
        """
        try:
            return await self._bill(run_id, chunk)
        except PeerFailed as error:
            raise ServiceError(_reason(error)) from error

    async def _bill(self, run_id: str, chunk: BillingChunk) -> BilledChunk:
        before = day_after(chunk.period)
        found = await self._store.list_due(run_id, before=before, after=chunk.after, limit=chunk.limit)
        if not found:
            return BilledChunk()
        prices = PriceList((await self._plans.plans()).items)
        writer = _Writer(self._store, run_id, chunk.worker, due_before=before, year=self._now().year)
        due = [subscription for subscription in found if subscription.is_due(before)]
        await writer.write(list(writer.priced(due, chunk.period, prices)))
        return BilledChunk(run=writer.run, through=found[-1].id, failed=writer.failed)


class _Writer:
    """Writes drafts together, and by halves where that fails. `run` is as of the last write; `failed` failed alone."""

    def __init__(self, store: ChunkStore, run_id: str, worker: str, *, due_before: date, year: int) -> None:
        self._store = store
        self._run_id = run_id
        self._worker = worker
        self._due_before = due_before
        self._year = year
        self.run: BillingRun | None = None
        self.failed: list[Unbilled] = []

    def priced(self, due: Iterable[Subscription], period: str, prices: PriceList) -> Iterable[InvoiceDraft]:
        """Drafts of those that can be priced."""
        for subscription in due:
            try:
                yield draft(subscription, period, prices)
            except ServiceError as error:
                self._failed(subscription.id, error)

    async def write(self, drafts: list[InvoiceDraft]) -> None:
        if not drafts or (self.run is None and len(self.failed) >= MOST_ALONE):
            return
        batch = InvoiceBatch(worker=self._worker, due_before=self._due_before, year=self._year, invoices=drafts)
        try:
            self.run = await self._store.write(self._run_id, batch)
        except (Conflict, NotFound):
            raise
        except ServiceError as error:
            if verdict_of(error) is Verdict.AWAY:
                raise
            await self._write_halves(drafts, error)

    async def _write_halves(self, drafts: list[InvoiceDraft], error: ServiceError) -> None:
        if len(drafts) == 1:
            self._failed(drafts[0].subscription_id, error)
            return
        middle = len(drafts) // 2
        await self.write(drafts[:middle])
        await self.write(drafts[middle:])

    def _failed(self, subscription_id: str, error: ServiceError) -> None:
        self.failed.append(Unbilled(subscription_id=subscription_id, detail=_reason(error)))


def _reason(error: ServiceError) -> str:
    return f"{error.dependency} failed. {error.detail}" if isinstance(error, PeerFailed) else error.detail
