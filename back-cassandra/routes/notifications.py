"""`/internal/notifications`: back-workers stores, back-api lists and marks, back-websockets resumes (`after`)."""

from typing import Annotated
from uuid import UUID

from dependencies import Cursor, Limit, resources_of
from fastapi import APIRouter, Depends, Query, Request
from repositories.notification_repository import NotificationRepository
from repositories.read_mark_repository import ReadMarkRepository
from repositories.time_buckets import uuid7

from shared.models.base import Page, QueryBool
from shared.models.notification import Notification, NotificationKind, Notifications, UnreadCount
from shared.utils.errors import NotFound

router = APIRouter(prefix="/internal/notifications", tags=["notifications"])
LastSeen = Annotated[str | None, Query(max_length=64)]


def _notifications(request: Request) -> NotificationRepository:
    return NotificationRepository(resources_of(request).database)


NotificationStore = Annotated[NotificationRepository, Depends(_notifications)]


def _read_marks(request: Request) -> ReadMarkRepository:
    return ReadMarkRepository(resources_of(request).database)


ReadMarkStore = Annotated[ReadMarkRepository, Depends(_read_marks)]


@router.post("", status_code=204)
async def store(body: Notifications, repository: NotificationStore) -> None:
    await repository.store(body.items)


@router.get("/{user_id}")
async def list_for_user(
    user_id: UUID,
    repository: NotificationStore,
    marks: ReadMarkStore,
    limit: Limit = 20,
    cursor: Cursor = None,
    unread: QueryBool = False,
    kind: NotificationKind | None = None,
    after: LastSeen = None,
) -> Page[Notification]:
    """Newest first, all or only the unread or those of a kind; with `after` (an id) what became visible since, oldest first."""
    if after is not None:
        return await repository.list_after(user_id, uuid7(after, "after"), limit=limit)
    if unread or kind:
        return await marks.list_filtered(user_id, limit=limit, cursor=cursor, unread=unread, kind=kind)
    return await repository.list_for_user(user_id, limit=limit, cursor=cursor)


@router.get("/{user_id}/unread-count")
async def unread_count(user_id: UUID, marks: ReadMarkStore) -> UnreadCount:
    return UnreadCount(count=await marks.unread_count(user_id))


@router.post("/{user_id}/read-all", status_code=204)
async def read_all(user_id: UUID, marks: ReadMarkStore) -> None:
    await marks.read_all(user_id)


@router.post("/{user_id}/{notification_id}/read", status_code=204)
async def read(user_id: UUID, notification_id: str, marks: ReadMarkStore) -> None:
    if not await marks.read(user_id, uuid7(notification_id, "notification_id")):
        raise NotFound("There is no such notification.")


@router.post("/{user_id}/{notification_id}/unread", status_code=204)
async def unread(user_id: UUID, notification_id: str, marks: ReadMarkStore) -> None:
    if not await marks.unread(user_id, uuid7(notification_id, "notification_id")):
        raise NotFound("There is no such notification.")


@router.delete("/{user_id}/{notification_id}", status_code=204)
async def delete(user_id: UUID, notification_id: str, marks: ReadMarkStore) -> None:
    if not await marks.delete(user_id, uuid7(notification_id, "notification_id")):
        raise NotFound("There is no such notification.")
