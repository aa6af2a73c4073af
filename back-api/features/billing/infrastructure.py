"""Billing's adapters: back-postgres over HTTP, plans kept in back-redis, runs announced to back-workers."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
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
    Plan,
    Subscription,
    SubscriptionChange,
    SubscriptionCreate,
)
from shared.models.user import User
from shared.utils.errors import Conflict, NotFound, ServiceError, Unavailable

from .domain.invoices import NoInvoice
from .domain.runs import NoRun, RunActive
from .domain.subscriptions import AlreadySubscribed, NoSubscription

PLAN_SECONDS = 60
RUN_TASK = "billing.run"
log = structlog.get_logger("billing")


@contextmanager
def _told_as(missing: type[NotFound], conflict: ServiceError | None = None) -> Generator[None]:
    """A peer's 404 and 409 in the words of this feature."""
    try:
        yield
    except NotFound:
        raise missing from None
    except Conflict as error:
        raise conflict or error from None


class CachedPlans:
    """`domain.plans.PlanStore`."""

    def __init__(self, back_postgres: ServiceClient, cache: Cache) -> None:
        self._postgres, self._cache = back_postgres, cache

    async def plans(self) -> Items[Plan]:
        return await self._cache.get_or_load("plans", Items[Plan], self._load, seconds=PLAN_SECONDS)

    async def _load(self) -> Items[Plan]:
        return await self._postgres.get("/internal/plans", model=Items[Plan])


class BackPostgresSubscriptions:
    """`domain.subscriptions.SubscriptionStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def create(self, user_id: str, wanted: SubscriptionCreate) -> Subscription:
        with _told_as(NoSubscription, AlreadySubscribed()):
            return await self._postgres.post(f"/internal/subscriptions/{user_id}", json=wanted, model=Subscription)

    async def get(self, user_id: str) -> Subscription:
        with _told_as(NoSubscription):
            return await self._postgres.get(f"/internal/subscriptions/{user_id}", model=Subscription)

    async def change(self, user_id: str, change: SubscriptionChange) -> Subscription:
        with _told_as(NoSubscription, NoSubscription()):
            return await self._postgres.patch(f"/internal/subscriptions/{user_id}", json=change, model=Subscription)

    async def cancel(self, user_id: str, version: int) -> None:
        path, params = f"/internal/subscriptions/{user_id}", {"version": version}
        with _told_as(NoSubscription), suppress(Conflict):  # canceled meanwhile, which is what was wanted
            await self._postgres.call("DELETE", path, params=params)


class BackPostgresSubscribers:
    """`domain.subscriptions.Subscribers`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def get(self, user_id: str) -> User:
        with _told_as(NoSubscription):
            return await self._postgres.get(f"/internal/users/{user_id}", model=User)


class BackPostgresInvoices:
    """`domain.invoices.InvoiceStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def newest(self, user_id: str, *, limit: int, cursor: str | None) -> Page[Invoice]:
        params = {"user_id": user_id, "limit": limit, "cursor": cursor}
        return await self._postgres.get("/internal/invoices", params=params, model=Page[Invoice])

    async def get(self, user_id: str, invoice_id: str) -> Invoice:
        with _told_as(NoInvoice):
            path, params = f"/internal/invoices/{invoice_id}", {"user_id": user_id}
            return await self._postgres.get(path, params=params, model=Invoice)


class BackPostgresRuns:
    """`domain.runs.RunStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def create(self, start: BillingRunStart) -> BillingRun:
        with _told_as(NoRun, RunActive(start.period)):
            return await self._postgres.post("/internal/billing-runs", json=start, model=BillingRun)

    async def get(self, run_id: str) -> BillingRun:
        with _told_as(NoRun):
            return await self._postgres.get(f"/internal/billing-runs/{run_id}", model=BillingRun)

    async def newest(self, *, limit: int, cursor: str | None) -> Page[BillingRun]:
        params = {"limit": limit, "cursor": cursor}
        return await self._postgres.get("/internal/billing-runs", params=params, model=Page[BillingRun])


class CeleryRuns:
    """`domain.runs.RunQueue`: the Celery task `billing.run` with the run's id."""

    def __init__(self, queue: TaskQueue) -> None:
        self._queue = queue

    async def announce(self, run_id: str) -> None:
        try:
            await self._queue.send(RUN_TASK, run_id)
        except Unavailable:
            log.warning("run not enqueued; it stays pending until the sweeper of back-workers finds it", run_id=run_id)


def today() -> date:
    return datetime.now(UTC).date()
