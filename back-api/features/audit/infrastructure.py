"""The audit log's adapters: back-cassandra, and back-postgres for who somebody is, over HTTP."""

from collections.abc import Sequence

import structlog

from shared.chassis.client import ServiceClient
from shared.models.audit import AuditEntry
from shared.models.base import Items, Page
from shared.models.user import User, UserIds
from shared.utils.errors import Unavailable

from .domain import AuditFilter, Period

log = structlog.get_logger("audit")


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


class BackPostgresPeople:
    """`domain.People`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def addresses(self, user_ids: Sequence[str]) -> dict[str, str]:
        ids = UserIds(ids=list(user_ids))
        try:
            users = await self._postgres.post("/internal/users/batch", json=ids, model=Items[User])
        except Unavailable:
            log.warning("people are shown by id; their accounts cannot be read")
            return {}
        return {user.id: user.email for user in users.items}
