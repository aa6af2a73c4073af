"""Counts over accounts, invoices and billing runs, by day in UTC.

An id is a UUIDv7: the time in it bounds what is read. Statements name both bounds, since a plan made without a look at the
values would read the whole table for one.
"""

from datetime import UTC, date, datetime, time
from uuid import UUID

from database import Database
from repositories import outbox_repository, paging
from repositories.billing_repository import COLUMNS, run_of
from shared.models.billing import BillingRun
from shared.models.figures import AccountFigures, DayCount, DayRevenue
from shared.models.task import TaskState

MOST_RUNS = 10
FAILED: TaskState = "failed"
MADE_GOOD: TaskState = "succeeded"
SIGN_UPS = """
    SELECT (created_at AT TIME ZONE 'UTC')::date AS day, count(*) AS count FROM users WHERE id >= $1 AND id < $2 GROUP BY 1 ORDER BY 1
"""
REVENUE = """
    SELECT (issued_at AT TIME ZONE 'UTC')::date AS day, currency, sum(amount_minor)::bigint AS amount_minor,
        count(*) AS invoices
    FROM invoices WHERE id >= $1 AND id < $2 GROUP BY 1, 2 ORDER BY 1, 2
"""
FAILED_RUNS = f"""
    SELECT {COLUMNS} FROM billing_runs r
    WHERE id >= $1 AND id < $2 AND state = $3 AND NOT dry_run AND NOT EXISTS (
        SELECT FROM billing_runs l WHERE l.id > r.id AND l.period = r.period AND l.state = $4 AND NOT l.dry_run
    )
    ORDER BY id DESC LIMIT $5
"""


async def read(db: Database, *, since: date) -> AccountFigures:
    """From the beginning of `since` (UTC) until now."""
    ids = first_id_of(since), paging.LAST
    return AccountFigures(
        sign_ups=[DayCount.model_validate(dict(row)) for row in await db.fetch_all(SIGN_UPS, *ids)],
        revenue=[DayRevenue.model_validate(dict(row)) for row in await db.fetch_all(REVENUE, *ids)],
        failed_runs=await _failed_runs(db, *ids),
        outbox=await outbox_repository.figures(db),
    )


async def _failed_runs(db: Database, first: str, last: str) -> list[BillingRun]:
    return [run_of(row) for row in await db.fetch_all(FAILED_RUNS, first, last, FAILED, MADE_GOOD, MOST_RUNS)]


def first_id_of(day: date) -> str:
    """The smallest UUIDv7 of `day` (RFC 9562, section 5.7: milliseconds since 1970 in its first 48 bits)."""
    milliseconds = max(0, int(datetime.combine(day, time(), UTC).timestamp() * 1000))
    return str(UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62))
