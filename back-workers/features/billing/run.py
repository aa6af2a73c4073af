"""The work on one billing run: chunk by chunk, priced by back-api, written by back-postgres, told to who asked for it."""

from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import UTC, datetime

import structlog
from bisection import Divided
from peers import Peers, patiently

from shared.models.base import Items
from shared.models.billing import (
    BillingRun,
    InvoiceBatch,
    InvoiceDraft,
    Lease,
    PriceRequest,
    RunFinish,
    Subscription,
)
from shared.models.notification import LiveMessage
from shared.models.task import Task
from shared.utils.errors import Conflict, NotFound, ServiceError, Unavailable
from shared.utils.failures import PeerFailed
from shared.utils.ids import new_id

PASSES = 3  # a subscription that changed while it was priced is met again in the next pass
NAMED = 5  # in the error of a run
log = structlog.get_logger("billing")


class RunWork:
    """One worker's attempt at run `run_id`; `lease` in seconds."""

    def __init__(self, peers: Peers, run_id: str, *, chunk: int, lease: int) -> None:
        self._postgres, self._api, self._live = peers.back_postgres, peers.back_api, peers.live
        self._path = f"/internal/billing-runs/{run_id}"
        self._worker = f"worker-{new_id()}"
        self._chunk, self._lease = chunk, lease

    async def do(self) -> None:
        """Bills all that is due. Ends quietly when another worker holds the run; what stays undone is resumed later."""
        try:
            run = await self._take()
            await self._tell(run)
            await self._bill(run)
        except (Conflict, NotFound) as refused:
            log.info("not ours, or not any more", path=self._path, reason=refused.detail)
        except PeerFailed as error:
            log.exception("billing run failed", path=self._path)
            await self._finish(f"{error.dependency} failed. {error.detail}")
        except Unavailable as error:
            log.warning("giving up for now", path=self._path, dependency=error.dependency)
        except ServiceError as error:
            log.exception("billing run failed", path=self._path)
            await self._finish(error.detail)

    async def _bill(self, run: BillingRun) -> None:
        async def bill(due: list[Subscription]) -> None:
            nonlocal run
            run = await self._write(await self._price(run, due))

        divided = Divided(bill)
        for _ in range(PASSES):
            before = run.processed
            divided.failed.clear()  # they are met again in this pass
            async for _ in self._pass(divided):
                await self._tell(run)
            if run.dry_run or run.processed == before:
                break
        await self._finish(_unbilled(divided.failed))
        log.info("billing run finished", run_id=run.id, invoices=run.invoices, failed=len(divided.failed))

    async def _pass(self, divided: Divided[Subscription]) -> AsyncGenerator[None]:
        """Bills all that is due, and yields after each chunk."""
        after: str | None = None
        while due := await self._due(after):
            await divided.do(due)
            after = due[-1].id
            yield

    async def _take(self) -> BillingRun:
        lease = Lease(worker=self._worker, seconds=self._lease)
        return await patiently(lambda: self._postgres.post(self._path + "/lease", model=BillingRun, json=lease))

    async def _due(self, after: str | None) -> list[Subscription]:
        params: dict[str, str | int | None] = {"limit": self._chunk, "after": after}
        path = self._path + "/due"
        return (await patiently(lambda: self._postgres.get(path, model=Items[Subscription], params=params))).items

    async def _price(self, run: BillingRun, due: list[Subscription]) -> list[InvoiceDraft]:
        request = PriceRequest(period=run.period, subscriptions=due)
        path = "/internal/billing/prices"
        return (await patiently(lambda: self._api.post(path, model=Items[InvoiceDraft], json=request))).items

    async def _write(self, drafts: list[InvoiceDraft]) -> BillingRun:
        batch = InvoiceBatch(worker=self._worker, invoices=drafts)
        return await patiently(lambda: self._postgres.post(self._path + "/invoices", model=BillingRun, json=batch))

    async def _finish(self, error: str | None) -> None:
        finish = RunFinish(worker=self._worker, error=error)
        path = self._path + "/finish"
        await self._tell(await patiently(lambda: self._postgres.post(path, model=BillingRun, json=finish)))

    async def _tell(self, run: BillingRun) -> None:
        """Live progress is a courtesy: the task can be polled."""
        if run.requested_by is None:
            return
        with suppress(ServiceError):
            task = await self._postgres.get(f"/internal/tasks/{run.task_id}", model=Task)
            message = LiveMessage(
                type="task.progress", id=new_id(), data=task.model_dump(mode="json"), created_at=datetime.now(UTC)
            )
            await self._live.send([run.requested_by], message)


def _unbilled(failed: list[Subscription]) -> str | None:
    """What the administrator reads about subscriptions that were left out."""
    if not failed:
        return None
    ids = ", ".join(each.id for each in failed[:NAMED])
    return f"{len(failed)} of the subscriptions could not be billed; all others are. Look into {ids}, then start the run again."
