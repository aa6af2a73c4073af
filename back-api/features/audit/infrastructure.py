"""The audit log's adapter: back-cassandra over HTTP."""

from shared.chassis.client import ServiceClient
from shared.models.audit import AuditEntry
from shared.models.base import Page

from .domain import AuditFilter, Period


class BackCassandraAuditLog:
    """`domain.AuditLog`."""

    def __init__(self, back_cassandra: ServiceClient) -> None:
        self._cassandra = back_cassandra

    async def list_entries(
        self, period: Period, criteria: AuditFilter, *, limit: int, cursor: str | None
    ) -> Page[AuditEntry]:
        params = {
            "since": period.since.isoformat(),
            "until": period.until.isoformat(),
            "action": criteria.action,
            "actor": criteria.actor.lower() if criteria.actor else None,
            "subject": criteria.subject,
            "limit": limit,
            "cursor": cursor,
        }
        return await self._cassandra.get("/internal/audit", params=params, model=Page[AuditEntry])
