"""Billing runs: back-api and beat start them, back-workers holds their leases, back-api bills their chunks."""

from typing import Annotated

from fastapi import APIRouter, Query

from dependencies import Cursor, Db, Limit, PathId
from repositories import billing_repository, invoice_batch_repository
from shared.models.base import Day, Items, Page, QueryInt
from shared.models.billing import BillingRun, BillingRunStart, InvoiceBatch, Subscription
from shared.models.lease import Lease, LeaseFinish

router = APIRouter(prefix="/internal/billing-runs")


@router.post("", status_code=201)
async def start(body: BillingRunStart, db: Db) -> BillingRun:
    return await billing_repository.start_run(db, run=body)


@router.get("")
async def list_runs(db: Db, limit: Limit = 20, cursor: Cursor = None) -> Page[BillingRun]:
    return await billing_repository.list_runs(db, limit=limit, cursor=cursor)


@router.post("/expired-leases")
async def expired(db: Db) -> Items[BillingRun]:
    return Items(items=await billing_repository.list_expired(db))


@router.get("/{run_id}")
async def read(run_id: PathId, db: Db) -> BillingRun:
    return await billing_repository.get_run(db, run_id=run_id)


@router.post("/{run_id}/lease")
async def lease(run_id: PathId, body: Lease, db: Db) -> BillingRun:
    return await billing_repository.lease_run(db, run_id=run_id, worker=body.worker, seconds=body.seconds)


@router.get("/{run_id}/due")
async def due(
    run_id: PathId,
    db: Db,
    before: Day,
    limit: Annotated[QueryInt, Query(ge=1, le=500)] = 100,
    after: Annotated[str | None, Query(max_length=36)] = None,
) -> Items[Subscription]:
    return Items(
        items=await invoice_batch_repository.list_due(db, run_id=run_id, before=before, limit=limit, after=after)
    )


@router.post("/{run_id}/invoices")
async def invoices(run_id: PathId, body: InvoiceBatch, db: Db) -> BillingRun:
    return await invoice_batch_repository.write_invoices(db, run_id=run_id, batch=body)


@router.post("/{run_id}/finish")
async def finish(run_id: PathId, body: LeaseFinish, db: Db) -> BillingRun:
    return await billing_repository.finish_run(db, run_id=run_id, worker=body.worker, error=body.error)
