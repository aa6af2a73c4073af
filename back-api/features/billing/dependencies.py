"""Which adapter each of billing's domains works on, as FastAPI dependencies."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from .domain.chunks import ChunkDomain
from .domain.invoices import InvoiceDomain
from .domain.runs import RunDomain
from .domain.subscriptions import SubscriptionDomain
from .infrastructure import (
    BackPostgresChunks,
    BackPostgresInvoices,
    BackPostgresRuns,
    BackPostgresSubscribers,
    BackPostgresSubscriptions,
    CachedPlans,
    CeleryRuns,
    now,
    today,
)


async def _plans(request: Request) -> CachedPlans:
    resources = resources_of(request)
    return CachedPlans(resources.back_postgres, resources.cache)


Plans = Annotated[CachedPlans, Depends(_plans)]


async def _subscriptions(request: Request, plans: Plans) -> SubscriptionDomain:
    back_postgres = resources_of(request).back_postgres
    subscribers = BackPostgresSubscribers(back_postgres)
    return SubscriptionDomain(BackPostgresSubscriptions(back_postgres), plans, subscribers, now)


async def _invoices(request: Request) -> InvoiceDomain:
    return InvoiceDomain(BackPostgresInvoices(resources_of(request).back_postgres))


async def _runs(request: Request) -> RunDomain:
    resources = resources_of(request)
    return RunDomain(BackPostgresRuns(resources.back_postgres), CeleryRuns(resources.queue), today)


async def _chunks(request: Request, plans: Plans) -> ChunkDomain:
    return ChunkDomain(BackPostgresChunks(resources_of(request).back_postgres), plans, now)


Subscriptions = Annotated[SubscriptionDomain, Depends(_subscriptions)]
Invoices = Annotated[InvoiceDomain, Depends(_invoices)]
Runs = Annotated[RunDomain, Depends(_runs)]
Chunks = Annotated[ChunkDomain, Depends(_chunks)]
