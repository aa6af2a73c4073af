"""`/api/notifications`: newest first."""

from typing import Annotated

from dependencies import DEFAULT_LIMIT, Cursor, Limit, path_id
from fastapi import APIRouter, Depends

from shared.chassis.identity import CurrentUser
from shared.chassis.openapi import problems
from shared.chassis.responses import NO_CONTENT, with_unavailable_message
from shared.models.base import Page, QueryBool
from shared.models.notification import Notification, NotificationKind, UnreadCount

from .dependencies import Domain

router = APIRouter(route_class=with_unavailable_message("Your notifications are"), responses=problems(503))
NotificationId = Annotated[str, Depends(path_id("notification_id"))]


@router.get("/api/notifications", summary="List, newest first")
async def list_notifications(
    user: CurrentUser,
    domain: Domain,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    unread: QueryBool = False,
    kind: NotificationKind | None = None,
) -> Page[Notification]:
    """A page may be short, and even empty, while there is a `next_cursor`: what was looked through did not fit the filter."""
    return await domain.list_notifications(user.user_id, limit=limit, cursor=cursor, unread=unread, kind=kind)


@router.get("/api/notifications/unread-count", summary="Count the unread")
async def unread_count(user: CurrentUser, domain: Domain) -> UnreadCount:
    return await domain.unread_count(user.user_id)


@router.post("/api/notifications/read-all", status_code=NO_CONTENT, summary="Mark all as read")
async def mark_all_read(user: CurrentUser, domain: Domain) -> None:
    await domain.mark_all_read(user.user_id)


@router.post(
    "/api/notifications/{notification_id}/read",
    status_code=NO_CONTENT,
    responses=problems(404),
    summary="Mark one as read",
)
async def mark_read(user: CurrentUser, notification_id: NotificationId, domain: Domain) -> None:
    await domain.mark_read(user.user_id, notification_id)


@router.post(
    "/api/notifications/{notification_id}/unread",
    status_code=NO_CONTENT,
    responses=problems(404),
    summary="Mark one as unread",
)
async def mark_unread(user: CurrentUser, notification_id: NotificationId, domain: Domain) -> None:
    await domain.mark_unread(user.user_id, notification_id)


@router.delete(
    "/api/notifications/{notification_id}", status_code=NO_CONTENT, responses=problems(404), summary="Delete one"
)
async def delete(user: CurrentUser, notification_id: NotificationId, domain: Domain) -> None:
    await domain.delete(user.user_id, notification_id)
