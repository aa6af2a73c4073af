"""`/api/audit`, for callers who hold `audit:read`."""

from typing import Annotated

from dependencies import DEFAULT_LIMIT, Cursor, Limit
from fastapi import APIRouter, Depends, Query

from shared.chassis.identity import requires
from shared.chassis.openapi import problems
from shared.chassis.responses import with_unavailable_message
from shared.models.audit import ActionPrefix, AuditPage
from shared.models.base import Text, Timestamp

from .dependencies import Domain
from .domain import AuditFilter

router = APIRouter(
    route_class=with_unavailable_message("The audit log is"),
    dependencies=[Depends(requires("audit:read"))],
    responses=problems(403, 503),
)
Action = Annotated[ActionPrefix | None, Query(description="How the action begins: `user` or `user.registered`")]
Actor = Annotated[Text | None, Query(max_length=100, description="The id of the user who did it")]
Subject = Annotated[Text | None, Query(max_length=100, description="The id of what it was done to")]
Since = Annotated[
    Timestamp | None, Query(alias="from", description="31 days before the end without it, at most so many")
]
Until = Annotated[Timestamp | None, Query(alias="to", description="The end, not included; now without it")]


@router.get("/api/audit", summary="Who did what, newest first")
async def list_entries(
    domain: Domain,
    action: Action = None,
    actor: Actor = None,
    subject: Subject = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> AuditPage:
    criteria = AuditFilter(action=action, actor=actor, subject=subject)
    return await domain.list_entries(criteria, since=since, until=until, limit=limit, cursor=cursor)
