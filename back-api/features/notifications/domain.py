"""A user sees and marks their own notifications only."""

from typing import Protocol

from shared.models.base import Page
from shared.models.notification import Notification, UnreadCount
from shared.utils.errors import NotFound


class NoNotification(NotFound):
    def __init__(self) -> None:
        super().__init__("You have no such notification.")


class NotificationStore(Protocol):
    """back-cassandra."""

    async def newest(self, user_id: str, *, limit: int, cursor: str | None, unread: bool) -> Page[Notification]: ...
    async def unread_count(self, user_id: str) -> UnreadCount: ...

    async def mark_read(self, user_id: str, notification_id: str) -> None:
        """Raises NoNotification."""
        ...

    async def mark_all_read(self, user_id: str) -> None: ...


class NotificationsDomain:
    def __init__(self, store: NotificationStore) -> None:
        self._store = store

    async def newest(self, user_id: str, *, limit: int, cursor: str | None, unread: bool) -> Page[Notification]:
        return await self._store.newest(user_id, limit=limit, cursor=cursor, unread=unread)

    async def unread_count(self, user_id: str) -> UnreadCount:
        return await self._store.unread_count(user_id)

    async def mark_read(self, user_id: str, notification_id: str) -> None:
        await self._store.mark_read(user_id, notification_id)

    async def mark_all_read(self, user_id: str) -> None:
        await self._store.mark_all_read(user_id)
