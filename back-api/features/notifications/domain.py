"""A user sees, marks and deletes their own notifications only; their other tabs and devices follow."""

from typing import Protocol

from shared.models.base import Page
from shared.models.notification import (
    Notification,
    NotificationDeleted,
    NotificationKind,
    NotificationRead,
    NotificationUnread,
    UnreadCount,
)
from shared.utils.errors import NotFound


class NotificationNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("You have no such notification.")


class NotificationStore(Protocol):
    """back-cassandra."""

    async def list_notifications(
        self, user_id: str, *, limit: int, cursor: str | None, unread: bool, kind: NotificationKind | None
    ) -> Page[Notification]: ...
    async def unread_count(self, user_id: str) -> UnreadCount: ...

    async def mark_read(self, user_id: str, notification_id: str) -> None:
        """Raises NotificationNotFound."""
        ...

    async def mark_unread(self, user_id: str, notification_id: str) -> None:
        """Raises NotificationNotFound."""
        ...

    async def mark_all_read(self, user_id: str) -> None: ...

    async def delete(self, user_id: str, notification_id: str) -> None:
        """Raises NotificationNotFound."""
        ...


class OtherTabs(Protocol):
    """Live messages to the user's open pages. Never raises: a page that misses one catches up at its next load."""

    async def read(self, user_id: str, what: NotificationRead) -> None: ...
    async def unread(self, user_id: str, what: NotificationUnread) -> None: ...
    async def deleted(self, user_id: str, what: NotificationDeleted) -> None: ...


class NotificationsDomain:
    def __init__(self, store: NotificationStore, tabs: OtherTabs) -> None:
        self._store = store
        self._tabs = tabs

    async def list_notifications(
        self, user_id: str, *, limit: int, cursor: str | None, unread: bool, kind: NotificationKind | None
    ) -> Page[Notification]:
        return await self._store.list_notifications(user_id, limit=limit, cursor=cursor, unread=unread, kind=kind)

    async def unread_count(self, user_id: str) -> UnreadCount:
        return await self._store.unread_count(user_id)

    async def mark_read(self, user_id: str, notification_id: str) -> None:
        await self._store.mark_read(user_id, notification_id)
        await self._tabs.read(user_id, NotificationRead(id=notification_id))

    async def mark_unread(self, user_id: str, notification_id: str) -> None:
        await self._store.mark_unread(user_id, notification_id)
        await self._tabs.unread(user_id, NotificationUnread(id=notification_id))

    async def mark_all_read(self, user_id: str) -> None:
        await self._store.mark_all_read(user_id)
        await self._tabs.read(user_id, NotificationRead(all=True))

    async def delete(self, user_id: str, notification_id: str) -> None:
        await self._store.delete(user_id, notification_id)
        await self._tabs.deleted(user_id, NotificationDeleted(id=notification_id))
