"""The audit log's adapter: back-cassandra over HTTP."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from resources import resources_of

from shared.chassis.client import ServiceClient
from shared.models.audit import AuditEntry
from shared.models.base import Page

from .domain import AuditDomain, AuditFilter, Period


class BackCassandraAuditLog:
    """`domain.AuditLog`."""

    def __init__(self, back_cassandra: ServiceClient) -> None:
        self._cassandra = back_cassandra

    async def newest(self, period: Period, wanted: AuditFilter, *, limit: int, cursor: str | None) -> Page[AuditEntry]:
        params = {
            "since": period.since.isoformat(),
            "until": period.until.isoformat(),
            "action": wanted.action,
            "actor": wanted.actor.lower() if wanted.actor else None,
            "subject": wanted.subject,
            "limit": limit,
            "cursor": cursor,
        }
        return await self._cassandra.get("/internal/audit", params=params, model=Page[AuditEntry])


def _now() -> datetime:
    return datetime.now(UTC)


async def _domain(request: Request) -> AuditDomain:
    return AuditDomain(BackCassandraAuditLog(resources_of(request).back_cassandra), _now)


Domain = Annotated[AuditDomain, Depends(_domain)]
