"""Which notifications were read: marks and how they are taken off, the unread count, and lists of the unread or of one kind."""

import asyncio
import time
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from uuid import UUID

from database import Database
from driver import Row

from repositories import read_through, time_buckets
from repositories.notification_repository import KEPT_DAYS, PAGE, notification
from repositories.read_through import ReadThrough
from shared.models.base import Page
from shared.models.notification import Notification, NotificationKind

COUNTED = 1000
SCANNED = 5000  # rows that one call for a filtered page looks at; it then says where to go on
CHUNK = 500
MARKED = 500  # unread ones that are marked one by one when all are read; older ones are read up to a point
SKEW_MICROSECONDS = 5_000_000  # between the clocks of replicas: what is newer is marked by itself
_MARKS = (
    "SELECT id, title, read_at, unread_at, stored_at, TTL(title) AS ttl FROM notifications "
    "WHERE user_id = ? AND month = ? AND id < ? LIMIT ?"
)
_MARK = (
    "SELECT id, title, read_at, unread_at, stored_at, TTL(title) AS ttl FROM notifications "
    "WHERE user_id = ? AND month = ? AND id = ?"
)
# The negated time lets the first of two marks win, and any time at which it is taken off beat it. A mark after that is
# just newer. The TTL lets marks expire together with their notification.
_READ = "UPDATE notifications USING TIMESTAMP ? AND TTL ? SET read_at = ? WHERE user_id = ? AND month = ? AND id = ?"
_UNREAD = (
    "UPDATE notifications USING TIMESTAMP ? AND TTL ? SET read_at = null, unread_at = ? "
    "WHERE user_id = ? AND month = ? AND id = ?"
)
_DELETE = "DELETE FROM notifications WHERE user_id = ? AND month = ? AND id = ?"


class ReadMarkRepository:
    """Raises `Unavailable` when Cassandra does not answer."""

    def __init__(self, database: Database) -> None:
        self._query = database.query

    async def read(self, user_id: UUID, notification_id: UUID) -> bool:
        """Marks one as read, once; whether this user has it."""
        found = await self._find(user_id, notification_id)
        if found:
            await self._mark(user_id, found)
        return found is not None

    async def unread(self, user_id: UUID, notification_id: UUID) -> bool:
        """Marks one as unread, however it was read; whether this user has it."""
        found = await self._find(user_id, notification_id)
        if found:
            await self._unmark(user_id, found)
        return found is not None

    async def delete(self, user_id: UUID, notification_id: UUID) -> bool:
        """Deletes one, for good: its event coming once more does not bring it back. Whether this user had it."""
        found = await self._find(user_id, notification_id)
        if found:
            await self._query(
                _DELETE, user_id, time_buckets.month_at(time_buckets.made_at(notification_id)), notification_id
            )
        return found is not None

    async def read_all(self, user_id: UUID) -> None:
        """Marks all as read that are there now: the newest one by one, what is older by the point up to which it is."""
        through = time.time_ns() // 1000 - SKEW_MICROSECONDS
        marks = await read_through.read(self._query, user_id)
        marked = 0
        fresh = True
        async for chunk in self._newest_first(user_id, time_buckets.LAST_ID, _MARKS, CHUNK):
            if marked >= MARKED and not fresh:
                await read_through.write(self._query, user_id, through)
                return
            unread = [row for row in chunk if _is_unread(row, marks)]
            await asyncio.gather(*(self._mark(user_id, row) for row in unread))
            marked = marked + len(unread)
            fresh = any(row["stored_at"] > through for row in unread)
            if _is_over(chunk, marks):
                return

    async def unread_count(self, user_id: UUID) -> int:
        """At most 1,000."""
        marks = await read_through.read(self._query, user_id)
        count = 0
        async for chunk in self._newest_first(user_id, time_buckets.LAST_ID, _MARKS, CHUNK):
            count += sum(_is_unread(row, marks) for row in chunk)
            if count >= COUNTED or _is_over(chunk, marks):
                break
        return min(count, COUNTED)

    async def list_filtered(
        self, user_id: UUID, *, limit: int, cursor: str | None, unread: bool, kind: NotificationKind | None
    ) -> Page[Notification]:
        """Newest first. A page may be short, or empty, and still have a cursor: then 5,000 were looked through.

        Raises:
            Invalid: `cursor` is not one of this list.
        """
        before = time_buckets.uuid7(cursor, "cursor") if cursor else time_buckets.LAST_ID
        marks = await read_through.read(self._query, user_id)
        items = list[Notification]()
        scanned = 0
        async for chunk in self._newest_first(user_id, before, PAGE, min(limit + 1, CHUNK)):
            for row in chunk:
                if (kind is None or row["kind"] == kind) and (not unread or _is_unread(row, marks)):
                    if len(items) == limit:
                        return Page(items=items, next_cursor=items[-1].id)
                    items.append(notification(row, marks))
            scanned += len(chunk)
            if unread and _is_over(chunk, marks):
                break
            if scanned >= SCANNED:
                return Page(items=items, next_cursor=str(chunk[-1]["id"]))
        return Page(items=items)

    async def _find(self, user_id: UUID, notification_id: UUID) -> Row | None:
        rows = await self._query(
            _MARK, user_id, time_buckets.month_at(time_buckets.made_at(notification_id)), notification_id
        )
        return rows[0] if rows and rows[0]["title"] is not None else None

    async def _mark(self, user_id: UUID, row: Row) -> None:
        if row["read_at"] is None:
            now = datetime.now(UTC)
            at = row["unread_at"] + 1 if row["unread_at"] else -(time.time_ns() // 1000)
            month = time_buckets.month_at(time_buckets.made_at(row["id"]))
            await self._query(_READ, at, row["ttl"] or 1, now, user_id, month, row["id"])

    async def _unmark(self, user_id: UUID, row: Row) -> None:
        marks = await read_through.read(self._query, user_id)
        if marks.read_at_of(row) is None:
            return
        made = time_buckets.made_at(row["id"])
        if made < marks.oldest_unread:
            await read_through.reach_back(self._query, user_id, made)
        at = max(time.time_ns() // 1000, (row["unread_at"] or 0) + 2)  # newer than any mark before, on any clock
        await self._query(_UNREAD, at, row["ttl"] or 1, at, user_id, time_buckets.month_at(made), row["id"])

    async def _newest_first(self, user_id: UUID, before: UUID, statement: str, size: int) -> AsyncGenerator[list[Row]]:
        """Rows in chunks that grow from `size` to 500, none empty, over all months that can hold any."""
        newest = (
            datetime.now(UTC) + time_buckets.SKEW if before == time_buckets.LAST_ID else time_buckets.made_at(before)
        )
        below = before
        for month in time_buckets.back_from(newest, KEPT_DAYS):
            more = True
            while more:
                rows = await self._query(statement, user_id, month, below, size)
                more = len(rows) == size
                size = min(2 * size, CHUNK)
                if rows:
                    below = rows[-1]["id"]
                    yield rows


def _is_unread(row: Row, marks: ReadThrough) -> bool:
    return row["title"] is not None and marks.read_at_of(row) is None


def _is_over(chunk: list[Row], marks: ReadThrough) -> bool:
    """Whether all that follow were read."""
    return time_buckets.made_at(chunk[-1]["id"]) < marks.oldest_unread
