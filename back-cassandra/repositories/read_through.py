"""Up to where a user has read all at once, for those who had too many unread ones to mark each."""

from bisect import bisect_left
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from driver import Row

from repositories import time_buckets

LATEST = timedelta(days=7)  # how much later than its event a notification may be stored and still count as unread
_READ = "SELECT stored_through, read_at, unread_from FROM notifications_read_through WHERE user_id = ? LIMIT 1000"
_WRITE = "INSERT INTO notifications_read_through (user_id, stored_through, read_at, unread_from) VALUES (?, ?, ?, null)"
_REACH_BACK = "UPDATE notifications_read_through SET unread_from = ? WHERE user_id = ?"
Query = Callable[..., Awaitable[list[Row]]]


@dataclass(frozen=True)
class ReadThrough:
    """`stored` rises: all that was stored up to `stored[n]` (microseconds) was read at `read_at[n]`.

    `unread_from`: one of that time was marked as unread afterwards.
    """

    stored: tuple[int, ...] = ()
    read_at: tuple[datetime, ...] = ()
    unread_from: datetime | None = None

    def read_at_of(self, row: Row) -> datetime | None:
        """When the notification in `row` was read, by itself or with all others, since it was last marked as unread."""
        if row["read_at"]:
            return time_buckets.aware(row["read_at"])
        at = bisect_left(self.stored, row["stored_at"] or 0)
        unread_at = row["unread_at"] or 0
        return next((moment for moment in self.read_at[at:] if time_buckets.micros(moment) > unread_at), None)

    @property
    def oldest_unread(self) -> datetime:
        """Nothing that happened before is unread."""
        if not self.stored:
            return time_buckets.EPOCH
        oldest = datetime.fromtimestamp(self.stored[-1] / 1_000_000, UTC) - LATEST
        return min(oldest, self.unread_from) if self.unread_from else oldest


async def read(query: Query, user_id: UUID) -> ReadThrough:
    rows = [row for row in await query(_READ, user_id) if row["stored_through"]]
    unread_from = rows[0]["unread_from"] if rows else None
    return ReadThrough(
        tuple(int(row["stored_through"]) for row in rows),
        tuple(time_buckets.aware(row["read_at"]) for row in rows),
        time_buckets.aware(unread_from) if unread_from else None,
    )


async def write(query: Query, user_id: UUID, through: int) -> None:
    """All that was stored up to `through` is read now."""
    await query(_WRITE, user_id, through, datetime.now(UTC))


async def reach_back(query: Query, user_id: UUID, made: datetime) -> None:
    """One that was made at `made`, before all that can be unread otherwise, is unread."""
    await query(_REACH_BACK, made, user_id)
