"""Notifications' adapter: back-cassandra over HTTP."""

from typing import Annotated

from fastapi import Depends, Request
from resources import resources_of

from shared.chassis.client import ServiceClient
from shared.models.base import Page
from shared.models.notification import Notification, UnreadCount
from shared.utils.errors import NotFound

from .domain import NoNotification, NotificationsDomain


class BackCassandraNotifications:
    """`domain.NotificationStore`."""

    def __init__(self, back_cassandra: ServiceClient) -> None:
        self._cassandra = back_cassandra

    async def newest(self, user_id: str, *, limit: int, cursor: str | None, unread: bool) -> Page[Notification]:
        params = {"limit": limit, "cursor": cursor, "unread": "true" if unread else None}
        return await self._cassandra.get(f"/internal/notifications/{user_id}", params=params, model=Page[Notification])

    async def unread_count(self, user_id: str) -> UnreadCount:
        return await self._cassandra.get(f"/internal/notifications/{user_id}/unread-count", model=UnreadCount)

    async def mark_read(self, user_id: str, notification_id: str) -> None:
        try:
            await self._cassandra.call("POST", f"/internal/notifications/{user_id}/{notification_id}/read")
        except NotFound:
            raise NoNotification from None

    async def mark_all_read(self, user_id: str) -> None:
        await self._cassandra.call("POST", f"/internal/notifications/{user_id}/read-all")


async def _domain(request: Request) -> NotificationsDomain:
    return NotificationsDomain(BackCassandraNotifications(resources_of(request).back_cassandra))


Domain = Annotated[NotificationsDomain, Depends(_domain)]
