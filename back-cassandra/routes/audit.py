"""`/internal/audit`: back-workers stores, back-api lists."""

from typing import Annotated

from dependencies import Audit, Cursor, Limit
from fastapi import APIRouter, Query
from repositories.audit_repository import Wanted

from shared.models.audit import ActionPrefix, AuditEntries, AuditEntry
from shared.models.base import Page, Text, Timestamp

router = APIRouter(prefix="/internal/audit", tags=["audit"])
Id = Annotated[Text | None, Query(max_length=100)]


@router.post("", status_code=204)
async def store(body: AuditEntries, rows: Audit) -> None:
    await rows.store(body.items)


@router.get("")
async def newest(
    rows: Audit,
    since: Timestamp,
    until: Timestamp,
    limit: Limit = 20,
    cursor: Cursor = None,
    action: ActionPrefix | None = None,
    actor: Id = None,
    subject: Id = None,
) -> Page[AuditEntry]:
    """From `since` to before `until`, newest first; `action` is how it begins."""
    wanted = Wanted(since=since, until=until, action=action, actor=actor, subject=subject)
    return await rows.newest(wanted, limit=limit, cursor=cursor)
