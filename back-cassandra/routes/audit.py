"""`/internal/audit`: back-workers stores, back-api lists."""

from typing import Annotated

from dependencies import Cursor, Limit, resources_of
from fastapi import APIRouter, Depends, Query, Request
from repositories.audit_repository import AuditQuery, AuditRepository

from shared.models.audit import ActionPrefix, AuditEntries, AuditEntry
from shared.models.base import Page, Text, Timestamp

router = APIRouter(prefix="/internal/audit", tags=["audit"])
Id = Annotated[Text | None, Query(max_length=100)]


def _entries(request: Request) -> AuditRepository:
    resources = resources_of(request)
    return AuditRepository(resources.database, resources.settings.audit_days)


AuditStore = Annotated[AuditRepository, Depends(_entries)]


@router.post("", status_code=204)
async def store(body: AuditEntries, repository: AuditStore) -> None:
    await repository.store(body.items)


@router.get("")
async def list_entries(
    repository: AuditStore,
    since: Timestamp,
    until: Timestamp,
    limit: Limit = 20,
    cursor: Cursor = None,
    action: ActionPrefix | None = None,
    actor: Id = None,
    subject: Id = None,
) -> Page[AuditEntry]:
    """From `since` to before `until`, newest first; `action` is how it begins."""
    query = AuditQuery(since=since, until=until, action=action, actor=actor, subject=subject)
    return await repository.list_entries(query, limit=limit, cursor=cursor)
