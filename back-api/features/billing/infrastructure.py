"""Billing's adapters: back-postgres over HTTP, plans kept in back-redis, runs announced to back-workers."""

from datetime import UTC, date, datetime

import structlog
from task_queue import TaskQueue

from back_redis.cache import Cache
from shared.chassis.client import ServiceClient
from shared.models.base import Items, Page
from shared.models.billing import (
    BillingRun,
    BillingRunStart,
    Invoice,
    InvoiceBatch,
    NewSubscription,
    Plan,
    SubscriptionChange,
)
from shared.models.invoice_list import InvoicePage, InvoiceQuery, ListedInvoice
from shared.models.user import User
from shared.utils.errors import Unavailable, peer_errors_as

from .domain.invoices import InvoiceNotFound, UnknownInvoice
from .domain.runs import RunActive, RunNotFound
from .domain.subscription import Subscription
from .domain.subscriptions import AlreadySubscribed, SubscriptionNotFound

PLAN_SECONDS = 60
RUN_TASK = "billing.run"
log = structlog.get_logger("billing")


class CachedPlans:
    """`domain.plans.PlanStore`."""

    def __init__(self, back_postgres: ServiceClient, cache: Cache) -> None:
        self._postgres = back_postgres
        self._cache = cache

    async def plans(self) -> Items[Plan]:
        return await self._cache.get_or_load("plans", Items[Plan], self._load, seconds=PLAN_SECONDS)

    async def _load(self) -> Items[Plan]:
        return await self._postgres.get("/internal/plans", model=Items[Plan])


class BackPostgresSubscriptions:
    """`domain.subscriptions.SubscriptionStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def create(self, user_id: str, subscription: NewSubscription) -> Subscription:
        path = f"/internal/subscriptions/{user_id}"
        with peer_errors_as(missing=SubscriptionNotFound, conflict=AlreadySubscribed):
            return await self._postgres.post(path, json=subscription, model=Subscription)

    async def get(self, user_id: str) -> Subscription:
        with peer_errors_as(missing=SubscriptionNotFound):
            return await self._postgres.get(f"/internal/subscriptions/{user_id}", model=Subscription)

    async def replace(self, user_id: str, change: SubscriptionChange) -> Subscription:
        with peer_errors_as(missing=SubscriptionNotFound):
            return await self._postgres.put(f"/internal/subscriptions/{user_id}", json=change, model=Subscription)


class BackPostgresSubscribers:
    """`domain.subscriptions.Subscribers`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def get(self, user_id: str) -> User:
        with peer_errors_as(missing=SubscriptionNotFound):
            return await self._postgres.get(f"/internal/users/{user_id}", model=User)


class BackPostgresInvoices:
    """`domain.invoices.InvoiceStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def list_invoices(self, user_id: str, *, limit: int, cursor: str | None) -> Page[Invoice]:
        params = {"user_id": user_id, "limit": limit, "cursor": cursor}
        return await self._postgres.get("/internal/invoices", params=params, model=Page[Invoice])

    async def get(self, user_id: str, invoice_id: str) -> Invoice:
        with peer_errors_as(missing=InvoiceNotFound):
            path = f"/internal/invoices/{invoice_id}"
            params = {"user_id": user_id}
            return await self._postgres.get(path, params=params, model=Invoice)

    async def list_of_all(self, query: InvoiceQuery) -> InvoicePage:
        return await self._postgres.get("/internal/invoices", params=query.params(), model=InvoicePage)

    async def get_of_all(self, invoice_id: str) -> ListedInvoice:
        with peer_errors_as(missing=UnknownInvoice):
            return await self._postgres.get(f"/internal/invoices/{invoice_id}", model=ListedInvoice)


class BackPostgresRuns:
    """`domain.runs.RunStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def create(self, start: BillingRunStart) -> BillingRun:
        with peer_errors_as(missing=RunNotFound, conflict=lambda: RunActive(start.period)):
            return await self._postgres.post("/internal/billing-runs", json=start, model=BillingRun)

    async def get(self, run_id: str) -> BillingRun:
        with peer_errors_as(missing=RunNotFound):
            return await self._postgres.get(f"/internal/billing-runs/{run_id}", model=BillingRun)

    async def list_runs(self, *, limit: int, cursor: str | None) -> Page[BillingRun]:
        params = {"limit": limit, "cursor": cursor}
        return await self._postgres.get("/internal/billing-runs", params=params, model=Page[BillingRun])


class BackPostgresChunks:
    """`domain.chunks.ChunkStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def list_due(self, run_id: str, *, before: date, after: str | None, limit: int) -> list[Subscription]:
        path = f"/internal/billing-runs/{run_id}/due"
        params = {"before": before.isoformat(), "after": after, "limit": limit}
        with peer_errors_as(missing=RunNotFound):
            return (await self._postgres.get(path, params=params, model=Items[Subscription])).items

    async def write(self, run_id: str, batch: InvoiceBatch) -> BillingRun:
        path = f"/internal/billing-runs/{run_id}/invoices"
        with peer_errors_as(missing=RunNotFound):
            return await self._postgres.post(path, json=batch, model=BillingRun)


class CeleryRuns:
    """`domain.runs.RunQueue`: the Celery task `billing.run` with the run's id."""

    def __init__(self, queue: TaskQueue) -> None:
        self._queue = queue

    async def announce(self, run_id: str) -> None:
        try:
            await self._queue.send(RUN_TASK, run_id)
        except Unavailable:
            log.warning("run not enqueued; it stays pending until the sweeper of back-workers finds it", run_id=run_id)


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return now().date()
