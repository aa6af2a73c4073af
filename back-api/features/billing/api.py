"""Plans, the own subscription and invoices, billing runs, and the chunks that back-workers has billed."""

from typing import Annotated

from dependencies import DEFAULT_LIMIT, Cursor, Limit, path_id
from etags import IfMatch
from fastapi import APIRouter, Depends, Response
from responses import NO_CONTENT, json_response, with_unavailable_message

from shared.chassis.identity import CurrentUser, Identity, requires
from shared.chassis.openapi import problems
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

from .dependencies import Chunks, Invoices, Plans, Runs, Subscriptions

router = APIRouter(route_class=with_unavailable_message("Billing is"), responses=problems(503))
Runner = Annotated[Identity, Depends(requires("billing:run"))]
MayRead = Depends(requires("billing:read"))


@router.get("/api/plans", response_model=Items[Plan], summary="What is sold")
async def list_plans(plans: Plans) -> Response:
    answer = json_response(await plans.plans())
    answer.headers["Cache-Control"] = "public, max-age=60"
    return answer


@router.get("/api/subscription", response_model=Subscription, responses=problems(404), summary="Read the own one")
async def read_subscription(user: CurrentUser, domain: Subscriptions) -> Response:
    subscription = await domain.get(user.user_id)
    return json_response(subscription, version=subscription.version)


@router.post(
    "/api/subscription",
    status_code=201,
    response_model=Subscription,
    responses=problems(403, 409),
    summary="Choose a plan",
)
async def create_subscription(terms: SubscriptionCreate, user: CurrentUser, domain: Subscriptions) -> Response:
    created = await domain.create(user.user_id, terms)
    return json_response(created, status=201, version=created.version, location="/api/subscription")


@router.patch(
    "/api/subscription",
    response_model=Subscription,
    responses=problems(403, 404, 412),
    summary="Change what is sent",
)
async def change_subscription(
    update: SubscriptionUpdate, user: CurrentUser, domain: Subscriptions, if_match: IfMatch
) -> Response:
    changed = await domain.change(user.user_id, update, if_match)
    return json_response(changed, version=changed.version)


@router.delete("/api/subscription", status_code=NO_CONTENT, responses=problems(404, 412), summary="Cancel")
async def cancel_subscription(user: CurrentUser, domain: Subscriptions, if_match: IfMatch) -> None:
    await domain.cancel(user.user_id, if_match)


@router.get("/api/invoices", response_model=Page[Invoice], summary="The own ones, newest first")
async def list_invoices(
    user: CurrentUser, domain: Invoices, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    return json_response(await domain.newest(user.user_id, limit=limit, cursor=cursor))


@router.get("/api/invoices/{invoice_id}", response_model=Invoice, responses=problems(404), summary="One of the own")
async def read_invoice(
    user: CurrentUser, invoice_id: Annotated[str, Depends(path_id("invoice_id"))], domain: Invoices
) -> Response:
    return json_response(await domain.get(user.user_id, invoice_id))


@router.post(
    "/api/billing/runs",
    status_code=202,
    response_model=BillingRunAccepted,
    responses=problems(403, 409),
    summary="Start a billing run",
)
async def start_run(run: BillingRunCreate, user: Runner, domain: Runs) -> Response:
    accepted = await domain.start(run, user.user_id)
    return json_response(accepted, status=202, location=f"/api/billing/runs/{accepted.id}")


@router.get(
    "/api/billing/runs",
    response_model=Page[BillingRun],
    dependencies=[MayRead],
    responses=problems(403),
    summary="Billing runs, newest first",
)
async def list_runs(domain: Runs, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
    return json_response(await domain.newest(limit=limit, cursor=cursor))


@router.get(
    "/api/billing/runs/{run_id}",
    response_model=BillingRun,
    dependencies=[MayRead],
    responses=problems(403, 404),
    summary="The books of a billing run",
)
async def read_run(run_id: Annotated[str, Depends(path_id("run_id"))], domain: Runs) -> Response:
    return json_response(await domain.get(run_id))


@router.post(
    "/internal/billing/runs/{run_id}/chunks",
    response_model=BilledChunk,
    responses=problems(404, 409),
    summary="Bill the next due subscriptions of a run",
)
async def bill_chunk(
    run_id: Annotated[str, Depends(path_id("run_id"))], chunk: BillingChunk, domain: Chunks
) -> Response:
    return json_response(await domain.bill(run_id, chunk))
