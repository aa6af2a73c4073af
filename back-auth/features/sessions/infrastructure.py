"""The adapters of sessions: back-redis and back-cassandra."""

from typing import Annotated

from fastapi import Depends, Request

from resources import resources_of
from shared.chassis.client import ServiceClient
from shared.models.base import Page
from shared.models.session import LoginEvent

from .domain import SessionsDomain


class CassandraSignIns:
    def __init__(self, back_cassandra: ServiceClient) -> None:
        self._back_cassandra = back_cassandra

    async def of_user(self, user_id: str, *, limit: int, cursor: str | None) -> Page[LoginEvent]:
        return await self._back_cassandra.get(
            f"/internal/login-events/{user_id}", params={"limit": limit, "cursor": cursor}, model=Page[LoginEvent]
        )


async def _domain(request: Request) -> SessionsDomain:
    resources = resources_of(request)
    return SessionsDomain(resources.sessions, CassandraSignIns(resources.back_cassandra))


Domain = Annotated[SessionsDomain, Depends(_domain)]
