"""Which notifications were read: marks, the unread count, and the list of the unread."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

from database import Database
from driver import Row

from repositories import months
from repositories.notification_repository import KEPT_DAYS, notification
from shared.models.base import Page
from shared.models.notification import Notification

COUNTED = 1000
SCANNED = 5000  # rows, read ones included, that one call looks at
CHUNK = 500
_COLUMNS = "id, user_id, kind, title, body, link, read_at, created_at, TTL(title) AS ttl"
_PAGE = f"SELECT {_COLUMNS} FROM notifications WHERE user_id = ? AND month = ? AND id < ? LIMIT ?"  # noqa: S608
_MARKS = (
    "SELECT id, title, read_at, TTL(title) AS ttl FROM notifications WHERE user_id = ? AND month = ? AND id < ? LIMIT ?"
)
_MARK = "SELECT title, read_at, TTL(title) AS ttl FROM notifications WHERE user_id = ? AND month = ? AND id = ?"
# The negated time lets the first of two marks win; the TTL lets the mark expire together with its notification.
_READ = "UPDATE notifications USING TIMESTAMP ? AND TTL ? SET read_at = ? WHERE user_id = ? AND month = ? AND id = ?"


class ReadMarkRepository:
    """Raises `Unavailable` when Cassandra does not answer."""

    def __init__(self, database: Database) -> None:
        self._query = database.query

    async def read(self, user_id: UUID, notification_id: UUID) -> bool:
        """Marks one as read, once; whether this user has it."""
        month = months.month_at(months.made_at(notification_id))
        found = await self._query(_MARK, user_id, month, notification_id)
        if not found or found[0]["title"] is None:
            return False
        await self._mark(user_id, {**found[0], "id": notification_id})
        return True

    async def read_all(self, user_id: UUID) -> None:
        """Marks all as read that are there now."""
        await asyncio.gather(*[self._mark(user_id, row) async for row in self._unread(user_id, months.LAST_ID, _MARKS)])

    async def unread_count(self, user_id: UUID) -> int:
        """At most 1,000."""
        count = 0
        async for _ in self._unread(user_id, months.LAST_ID, _MARKS):
            count += 1
            if count == COUNTED:
                break
        return count

    async def unread(self, user_id: UUID, *, limit: int, cursor: str | None) -> Page[Notification]:
        """Newest first.

        Raises:
            Invalid: `cursor` is not one of this list.
        """
        before = months.uuid7(cursor, "cursor") if cursor else months.LAST_ID
        items: list[Notification] = []
        async for row in self._unread(user_id, before, _PAGE):
            if len(items) == limit:
                return Page(items=items, next_cursor=items[-1].id)
            items.append(notification(row))
        return Page(items=items)

    async def _mark(self, user_id: UUID, row: Row) -> None:
        if row["read_at"] is None:
            now, month = datetime.now(UTC), months.month_at(months.made_at(row["id"]))
            await self._query(_READ, -(time.time_ns() // 1000), row["ttl"] or 1, now, user_id, month, row["id"])

    async def _unread(self, user_id: UUID, before: UUID, statement: str) -> AsyncIterator[Row]:
        newest = datetime.now(UTC) + months.SKEW if before == months.LAST_ID else months.made_at(before)
        scanned, below = 0, before
        for month in months.back_from(newest, KEPT_DAYS):
            more = True
            while more and scanned < SCANNED:
                rows = await self._query(statement, user_id, month, below, CHUNK)
                for row in rows:
                    if row["read_at"] is None and row["title"] is not None:
                        yield row
                scanned, more = scanned + len(rows), len(rows) == CHUNK
                below = rows[-1]["id"] if rows else below
