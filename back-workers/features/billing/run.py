"""The work on one billing run: leased from back-postgres, billed chunk by chunk by back-api, with progress for the user who started it."""

from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import UTC, datetime

import structlog
from peers import Peers, retry_while_unavailable

from shared.models.billing import BilledChunk, BillingChunk, BillingRun, Unbilled
from shared.models.lease import Lease, LeaseFinish
from shared.models.notification import LiveMessage
from shared.models.task import Task
from shared.utils.errors import Conflict, NotFound, ServiceError, Unavailable
from shared.utils.failures import PeerFailed
from shared.utils.ids import new_id

PASSES = 3  # a subscription that changed while it was priced is met again in the next pass
MOST_ALONE = 5  # so many fail while none is billed: it is not their fault
NAMED = 5  # in the error of a run
log = structlog.get_logger("billing")


class BillingRunWorker:
    """One worker's attempt at run `run_id`; `lease` in seconds."""

    def __init__(self, peers: Peers, run_id: str, *, chunk: int, lease: int) -> None:
        self._postgres = peers.back_postgres
        self._api = peers.back_api
        self._live = peers.live
        self._path = f"/internal/billing-runs/{run_id}"
        self._chunks_path = f"/internal/billing/runs/{run_id}/chunks"
        self._worker = f"worker-{new_id()}"
        self._chunk = chunk
        self._lease = lease

    async def run(self) -> None:
        """Bills all that is due. Ends quietly when another worker holds the run; what stays undone is resumed later."""
        try:
            run = await self._acquire_lease()
            await self._report(run)
            await self._bill(run)
        except (Conflict, NotFound) as error:
            log.info("another worker holds the lease, or the run has ended", path=self._path, reason=error.detail)
        except PeerFailed as error:
            log.exception("billing run failed", path=self._path)
            await self._finish(f"{error.dependency} failed. {error.detail}")
        except Unavailable as error:
            log.warning("paused until a service is back", path=self._path, dependency=error.dependency)
        except ServiceError as error:
            log.exception("billing run failed", path=self._path)
            await self._finish(error.detail)

    async def _bill(self, run: BillingRun) -> None:
        billed_before = run.processed
        failed: list[Unbilled] = []
        for _ in range(PASSES):
            before = run.processed
            failed = []  # they are met again in this pass
            async for chunk in self._chunks(run.period):
                run = chunk.run or run
                failed += chunk.failed
                await self._report(run)
                if run.processed == billed_before and len(failed) >= MOST_ALONE:
                    break
            if run.dry_run or run.processed == before:
                break
        await self._finish(_unbilled(failed, some_billed=run.processed > billed_before))
        log.info("billing run finished", run_id=run.id, invoices=run.invoices, failed=len(failed))

    async def _chunks(self, period: str) -> AsyncGenerator[BilledChunk]:
        """Has all that is due billed, a chunk at a time."""
        after: str | None = None
        while True:
            chunk = BillingChunk(worker=self._worker, period=period, after=after, limit=self._chunk)
            billed = await self._bill_chunk(chunk)
            after = billed.through
            if after is None:
                return
            yield billed

    async def _bill_chunk(self, chunk: BillingChunk) -> BilledChunk:
        return await retry_while_unavailable(lambda: self._api.post(self._chunks_path, model=BilledChunk, json=chunk))

    async def _acquire_lease(self) -> BillingRun:
        lease = Lease(worker=self._worker, seconds=self._lease)
        return await retry_while_unavailable(
            lambda: self._postgres.post(self._path + "/lease", model=BillingRun, json=lease)
        )

    async def _finish(self, error: str | None) -> None:
        finish = LeaseFinish(worker=self._worker, error=error)
        path = self._path + "/finish"
        await self._report(
            await retry_while_unavailable(lambda: self._postgres.post(path, model=BillingRun, json=finish))
        )

    async def _report(self, run: BillingRun) -> None:
        """Live progress is a courtesy: the task can be polled."""
        if run.requested_by is None:
            return
        with suppress(ServiceError):
            task = await self._postgres.get(f"/internal/tasks/{run.task_id}", model=Task)
            message = LiveMessage(
                type="task.progress", id=new_id(), data=task.model_dump(mode="json"), created_at=datetime.now(UTC)
            )
            await self._live.send([run.requested_by], message)


def _unbilled(failed: list[Unbilled], *, some_billed: bool) -> str | None:
    """The message for the administrator about skipped subscriptions; if all were, the reason for the first one."""
    if not failed:
        return None
    if not some_billed:
        return failed[0].detail
    ids = ", ".join(each.subscription_id for each in failed[:NAMED])
    return f"{len(failed)} of the subscriptions could not be billed; all others are. Look into {ids}, then start the run again."
