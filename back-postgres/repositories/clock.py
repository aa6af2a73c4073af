"""Corrects times that a wrong clock wrote too far ahead: a lease or retry would otherwise stop its work until then."""

import structlog

from database import Database

LONGEST_LEASE = "15 minutes"
"""Longer than any lease or pause between retries that a caller may ask for."""
LONGEST_DELAY = "3 days"
"""Longer than a mail waits for quiet hours or for the next day's summary."""
AHEAD = (
    ("billing_runs", "lease_until", LONGEST_LEASE, "state IN ('pending', 'running')"),
    ("announcements", "lease_until", LONGEST_LEASE, "state IN ('pending', 'running')"),
    ("outbox_partitions", "claimed_until", LONGEST_LEASE, "true"),
    ("outbox", "retry_at", LONGEST_LEASE, "published_at IS NULL AND dead_at IS NULL"),
    ("processed_events", "claimed_until", LONGEST_LEASE, "done_at IS NULL"),
    ("pending_mails", "claimed_until", "2 days", "sent_at IS NULL"),
    ("pending_mails", "due_at", LONGEST_DELAY, "sent_at IS NULL"),
)
"""Table, column, how far ahead it may lie, and the rows that matter."""
log = structlog.get_logger("clock")


async def bring_back(db: Database) -> int:
    """Sets every time that lies too far ahead to now. Returns how many there were."""
    moved = 0
    for table, column, furthest, where in AHEAD:
        count = await db.execute(
            f"UPDATE {table} SET {column} = now() WHERE {column} > now() + interval '{furthest}' AND {where}"
        )
        if count:
            log.warning("times ahead of the clock count as now", table=table, column=column, rows=count)
        moved += count
    return moved
