"""Plans, the own subscription and invoices, billing runs, and the chunks that back-workers has billed."""

from typing import Annotated

from dependencies import DEFAULT_LIMIT, Cursor, Limit, path_id
from etags import IfMatch
from fastapi import APIRouter, Depends, Query, Response

from shared.chassis.identity import CurrentUser, Identity, requires
from shared.chassis.openapi import problems
from shared.chassis.responses import NO_CONTENT, with_unavailable_message
from shared.models.base import Items, Page
from shared.models.billing import (
    BilledChunk,
    BillingChunk,
    BillingRun,
    BillingRunAccepted,
    BillingRunCreate,
    Invoice,
    Plan,
    Subscription,
    SubscriptionCreate,
    SubscriptionUpdate,
)
from shared.models.invoice_list import InvoicePage, InvoiceQuery, ListedInvoice

from .dependencies import Chunks, Invoices, Plans, Runs, Subscriptions

router = APIRouter(route_class=with_unavailable_message("Billing is"), responses=problems(503))
Runner = Annotated[Identity, Depends(requires("billing:run"))]
MayRead = Depends(requires("billing:read"))


@router.get("/api/plans", summary="What is sold")
async def list_plans(plans: Plans, response: Response) -> Items[Plan]:
    response.headers["Cache-Control"] = "public, max-age=60"
    return await plans.plans()


@router.get("/api/subscription", responses=problems(404), summary="Read the own one")
async def read_subscription(user: CurrentUser, domain: Subscriptions) -> Subscription:
    return await domain.get(user.user_id)


@router.post(
    "/api/subscription",
    status_code=201,
    responses=problems(403, 409),
    summary="Choose a plan",
)
async def create_subscription(
    terms: SubscriptionCreate, user: CurrentUser, domain: Subscriptions, response: Response
) -> Subscription:
    response.headers["Location"] = "/api/subscription"
    return await domain.create(user.user_id, terms)


@router.patch(
    "/api/subscription",
    responses=problems(403, 404, 412),
    summary="Change what is sent",
)
async def change_subscription(
    update: SubscriptionUpdate, user: CurrentUser, domain: Subscriptions, if_match: IfMatch
) -> Subscription:
    return await domain.change(user.user_id, update, if_match)


@router.delete("/api/subscription", status_code=NO_CONTENT, responses=problems(404, 412), summary="Cancel")
async def cancel_subscription(user: CurrentUser, domain: Subscriptions, if_match: IfMatch) -> None:
    await domain.cancel(user.user_id, if_match)


@router.get("/api/invoices", summary="The own ones, newest first")
async def list_invoices(
    user: CurrentUser, domain: Invoices, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Page[Invoice]:
    return await domain.list_invoices(user.user_id, limit=limit, cursor=cursor)


@router.get("/api/invoices/{invoice_id}", responses=problems(404), summary="One of the own")
async def read_invoice(
    user: CurrentUser, invoice_id: Annotated[str, Depends(path_id("invoice_id"))], domain: Invoices
) -> Invoice:
    return await domain.get(user.user_id, invoice_id)


@router.get(
    "/api/billing/invoices", dependencies=[MayRead], responses=problems(403), summary="Everybody's, newest first"
)
async def list_all_invoices(domain: Invoices, query: Annotated[InvoiceQuery, Query()]) -> InvoicePage:
    return await domain.list_of_all(query)


@router.get(
    "/api/billing/invoices/{invoice_id}", dependencies=[MayRead], responses=problems(403, 404), summary="Anybody's"
)
async def read_any_invoice(
    invoice_id: Annotated[str, Depends(path_id("invoice_id"))], domain: Invoices
) -> ListedInvoice:
    return await domain.get_of_all(invoice_id)


@router.post(
    "/api/billing/runs",
    status_code=202,
    responses=problems(403, 409),
    summary="Start a billing run",
)
async def start_run(run: BillingRunCreate, user: Runner, domain: Runs, response: Response) -> BillingRunAccepted:
    accepted = await domain.start(run, user.user_id)
    response.headers["Location"] = f"/api/billing/runs/{accepted.id}"
    return accepted


@router.get(
    "/api/billing/runs",
    dependencies=[MayRead],
    responses=problems(403),
    summary="Billing runs, newest first",
)
async def list_runs(domain: Runs, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Page[BillingRun]:
    return await domain.list_runs(limit=limit, cursor=cursor)


@router.get(
    "/api/billing/runs/{run_id}",
    dependencies=[MayRead],
    responses=problems(403, 404),
    summary="The books of a billing run",
)
async def read_run(run_id: Annotated[str, Depends(path_id("run_id"))], domain: Runs) -> BillingRun:
    return await domain.get(run_id)


@router.post(
    "/internal/billing/runs/{run_id}/chunks",
    responses=problems(404, 409),
    summary="Bill the next due subscriptions of a run",
)
async def bill_chunk(
    run_id: Annotated[str, Depends(path_id("run_id"))], chunk: BillingChunk, domain: Chunks
) -> BilledChunk:
    return await domain.bill(run_id, chunk)
