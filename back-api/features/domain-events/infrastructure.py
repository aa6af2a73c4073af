"""The adapters: back-redis through its typed client, back-postgres over HTTP."""

from typing import Annotated

from fastapi import Depends, Request
from resources import resources_of

from back_redis.admin import EventAdmin
from shared.chassis.client import ServiceClient
from shared.models.events import OutboxFigures

from .domain import EventsDomain


class BackPostgresOutbox:
    """`domain.Outbox`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def figures(self) -> OutboxFigures:
        return await self._postgres.get("/internal/outbox/figures", model=OutboxFigures)


async def _domain(request: Request) -> EventsDomain:
    resources = resources_of(request)
    return EventsDomain(EventAdmin(resources.redis), BackPostgresOutbox(resources.back_postgres))


Domain = Annotated[EventsDomain, Depends(_domain)]
