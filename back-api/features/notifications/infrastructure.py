"""Notifications' adapters: back-cassandra over HTTP, and live messages over back-redis."""

from datetime import UTC, datetime
from typing import Literal

import structlog
from pydantic import BaseModel

from back_redis.pubsub import LivePublisher
from shared.chassis.client import ServiceClient
from shared.models.base import Page
from shared.models.notification import (
    LiveMessage,
    Notification,
    NotificationDeleted,
    NotificationKind,
    NotificationRead,
    NotificationUnread,
    UnreadCount,
)
from shared.utils.errors import Unavailable, peer_errors_as
from shared.utils.ids import new_id

from .domain import NotificationNotFound

ChangeType = Literal["notification.read", "notification.unread", "notification.deleted"]
log = structlog.get_logger("notifications")


class BackCassandraNotifications:
    """`domain.NotificationStore`."""

    def __init__(self, back_cassandra: ServiceClient) -> None:
        self._cassandra = back_cassandra

    async def list_notifications(
        self, user_id: str, *, limit: int, cursor: str | None, unread: bool, kind: NotificationKind | None
    ) -> Page[Notification]:
        params = {"limit": limit, "cursor": cursor, "unread": "true" if unread else None, "kind": kind}
        return await self._cassandra.get(f"/internal/notifications/{user_id}", params=params, model=Page[Notification])

    async def unread_count(self, user_id: str) -> UnreadCount:
        return await self._cassandra.get(f"/internal/notifications/{user_id}/unread-count", model=UnreadCount)

    async def mark_read(self, user_id: str, notification_id: str) -> None:
        await self._change("POST", f"/internal/notifications/{user_id}/{notification_id}/read")

    async def mark_unread(self, user_id: str, notification_id: str) -> None:
        await self._change("POST", f"/internal/notifications/{user_id}/{notification_id}/unread")

    async def mark_all_read(self, user_id: str) -> None:
        await self._cassandra.call("POST", f"/internal/notifications/{user_id}/read-all")

    async def delete(self, user_id: str, notification_id: str) -> None:
        await self._change("DELETE", f"/internal/notifications/{user_id}/{notification_id}")

    async def _change(self, method: str, path: str) -> None:
        with peer_errors_as(missing=NotificationNotFound):
            await self._cassandra.call(method, path)


class LiveTabs:
    """`domain.OtherTabs`."""

    def __init__(self, live: LivePublisher) -> None:
        self._live = live

    async def read(self, user_id: str, what: NotificationRead) -> None:
        await self._publish(user_id, "notification.read", what)

    async def unread(self, user_id: str, what: NotificationUnread) -> None:
        await self._publish(user_id, "notification.unread", what)

    async def deleted(self, user_id: str, what: NotificationDeleted) -> None:
        await self._publish(user_id, "notification.deleted", what)

    async def _publish(self, user_id: str, kind: ChangeType, what: BaseModel) -> None:
        data = what.model_dump(mode="json", exclude_defaults=True)
        message = LiveMessage(type=kind, id=new_id(), data=data, created_at=datetime.now(UTC))
        try:
            await self._live.send([user_id], message)
        except Unavailable:
            log.warning("other tabs are not told", type=kind)
