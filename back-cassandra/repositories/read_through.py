"""Up to where a user has read all at once, for those who had too many unread ones to mark each."""

from bisect import bisect_left
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from driver import Row

from repositories import time_buckets

LATEST = timedelta(days=7)  # how much later than its event a notification may be stored and still count as unread
_READ = "SELECT stored_through, read_at FROM notifications_read_through WHERE user_id = ? LIMIT 1000"
_WRITE = "INSERT INTO notifications_read_through (user_id, stored_through, read_at) VALUES (?, ?, ?)"
Query = Callable[..., Awaitable[list[Row]]]


@dataclass(frozen=True)
class ReadThrough:
    """`stored` rises: all that was stored up to `stored[n]` (microseconds) was read at `read_at[n]`."""

    stored: tuple[int, ...] = ()
    read_at: tuple[datetime, ...] = ()

    def read_at_of(self, row: Row) -> datetime | None:
        """When the notification in `row` was read: by itself, or with all others."""
        if row["read_at"]:
            return time_buckets.aware(row["read_at"])
        at = bisect_left(self.stored, row["stored_at"] or 0)
        return self.read_at[at] if at < len(self.stored) else None

    @property
    def oldest_unread(self) -> datetime:
        """Nothing that happened before is unread."""
        return datetime.fromtimestamp(self.stored[-1] / 1_000_000, UTC) - LATEST if self.stored else time_buckets.EPOCH


async def read(query: Query, user_id: UUID) -> ReadThrough:
    rows = await query(_READ, user_id)
    return ReadThrough(
        tuple(int(row["stored_through"]) for row in rows), tuple(time_buckets.aware(row["read_at"]) for row in rows)
    )


async def write(query: Query, user_id: UUID, through: int) -> None:
    """All that was stored up to `through` is read now."""
    await query(_WRITE, user_id, through, datetime.now(UTC))
