"""Notifications, by user and month, kept for 90 days.

Two clocks run in each row: its id (UUIDv7) is when the event happened and orders the list; `stored_at` is when
it became visible and orders a reader's resumption, since an event that was held up must not slip in before "the last
one I saw".
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from database import Database
from driver import Row

from repositories import read_through, time_buckets
from repositories.read_through import ReadThrough
from shared.models.base import Page
from shared.models.notification import NewNotification, Notification

KEPT_DAYS = 90
RESUMED = 1000  # rows that one resumption looks at, a month
LATEST = timedelta(hours=1)  # how much later than its event a notification may be stored and still be resumed
AT_ONCE = 64  # statements under way, so that others' need not wait behind a whole batch
COLUMNS = "id, user_id, kind, title, body, link, read_at, created_at, stored_at, unread_at, live, quiet"
# A write's time, negated: of two writes of one value the first wins, for ever. So storing once more (delivery is at
# least once) changes nothing.
_INSERT = (
    "INSERT INTO notifications (user_id, month, id, kind, title, body, link, created_at, stored_at, live, quiet) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?"
)
PAGE = f"SELECT {COLUMNS} FROM notifications WHERE user_id = ? AND month = ? AND id < ? LIMIT ?"  # noqa: S608
_SINCE = f"SELECT {COLUMNS} FROM notifications WHERE user_id = ? AND month = ? AND id >= ? ORDER BY id LIMIT ?"  # noqa: S608
_STORED_AT = "SELECT stored_at FROM notifications WHERE user_id = ? AND month = ? AND id = ?"


class NotificationRepository:
    """Raises `Unavailable` when Cassandra does not answer."""

    def __init__(self, database: Database) -> None:
        self._query = database.query

    async def store(self, notifications: list[NewNotification]) -> None:
        """Stores all; twice is the same as once, also for one that was read meanwhile.

        Raises:
            Invalid: an id is not a UUIDv7, or a user's not a UUID.
        """
        rows = [_values(at, notification) for at, notification in enumerate(notifications)]
        for at in range(0, len(rows), AT_ONCE):
            await asyncio.gather(*(self._query(_INSERT, *row) for row in rows[at : at + AT_ONCE]))

    async def list_for_user(self, user_id: UUID, *, limit: int, cursor: str | None) -> Page[Notification]:
        """Newest first; the cursor is the id of the last one.

        Raises:
            Invalid: `cursor` is not one of this list.
        """
        before = time_buckets.uuid7(cursor, "cursor") if cursor else time_buckets.LAST_ID

        async def fetch(month: int) -> list[Row]:
            return await self._query(PAGE, user_id, month, before, limit + 1)

        newest = time_buckets.made_at(before) if cursor else datetime.now(UTC) + time_buckets.SKEW
        rows, marks = await asyncio.gather(
            time_buckets.newest_first(time_buckets.back_from(newest, KEPT_DAYS), fetch, limit + 1),
            read_through.read(self._query, user_id),
        )
        items = [notification(row, marks) for row in rows[:limit]]
        return Page(items=items, next_cursor=items[-1].id if len(rows) > limit else None)

    async def list_after(self, user_id: UUID, last: UUID, *, limit: int) -> Page[Notification]:
        """What became visible after `last`, oldest first; when no such one is known, what became visible or happened after
        the moment that it was made.

        Only those that open tabs are sent.
        """
        stored = await self._query(_STORED_AT, user_id, time_buckets.month_at(time_buckets.made_at(last)), last)
        since = max(time_buckets.made_at(last) - LATEST, time_buckets.EPOCH)

        async def fetch(month: int) -> list[Row]:
            return await self._query(_SINCE, user_id, month, time_buckets.first_id_at(since), RESUMED)

        newest = datetime.now(UTC) + time_buckets.SKEW
        months = [month for month in time_buckets.back_from(newest, KEPT_DAYS) if month >= time_buckets.month_at(since)]
        rows = [row for month in await asyncio.gather(*map(fetch, months)) for row in month if _is_live(row)]
        if stored:
            seen = (stored[0]["stored_at"], last)
            missed = sorted((r for r in rows if (r["stored_at"], r["id"]) > seen), key=_visible)
        else:
            moment = int(time_buckets.made_at(last).timestamp() * 1_000_000)
            missed = sorted((r for r in rows if r["id"] > last or r["stored_at"] > moment), key=_visible)
        marks = await read_through.read(self._query, user_id)
        items = [notification(row, marks) for row in missed[:limit]]
        return Page(items=items, next_cursor=items[-1].id if len(missed) > limit else None)


def _visible(row: Row) -> tuple[int, UUID]:
    return row["stored_at"], row["id"]


def _is_live(row: Row) -> bool:
    return row["title"] is not None and row["live"] is not False


def _values(at: int, notification: NewNotification) -> tuple[object, ...]:
    event_id = time_buckets.uuid7(notification.id, f"items.{at}.id")
    user_id = time_buckets.uuid(notification.user_id, f"items.{at}.user_id")
    now = time.time_ns() // 1000
    return (
        user_id, time_buckets.month_at(time_buckets.made_at(event_id)), event_id, notification.kind, notification.title,
        notification.body, notification.link, notification.created_at, now, notification.live,
        notification.quiet, -now,
    )  # fmt: skip


def notification(row: Row, marks: ReadThrough) -> Notification:
    """A row as the model."""
    return Notification(
        id=str(row["id"]),
        user_id=str(row["user_id"]),
        kind=row["kind"],
        title=row["title"],
        body=row["body"],
        link=row["link"],
        read_at=marks.read_at_of(row),
        quiet=bool(row["quiet"]),
        created_at=time_buckets.aware(row["created_at"]),
    )
