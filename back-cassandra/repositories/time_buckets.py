"""Time as partitions and rows have it: months as integers `YYYYMM`, microseconds since 1970, and the time in a UUIDv7."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from driver import Row

from shared.utils.errors import Invalid

SKEW = timedelta(hours=1)  # how far a writer's clock may be ahead at the end of a month
EPOCH = datetime.fromtimestamp(0, UTC)  # no UUIDv7 is older
MICROSECOND = timedelta(microseconds=1)
HOUR_MICROS = 3_600_000_000
FIRST_GLANCE = 2  # most pages are filled from the two newest months

Fetch = Callable[[int], Awaitable[list[Row]]]


def month_at(moment: datetime) -> int:
    """The month of an aware `moment`, in UTC."""
    utc = moment.astimezone(UTC)
    return utc.year * 100 + utc.month


def made_at(event_id: UUID) -> datetime:
    """When a UUIDv7 was made (RFC 9562, section 5.7: milliseconds since 1970 in its first 48 bits)."""
    return datetime.fromtimestamp((event_id.int >> 80) / 1000, UTC)


def first_id_at(moment: datetime) -> UUID:
    """The smallest UUIDv7 of `moment`. (Cassandra compares the version before the time, so bounds must be of version 7.)"""
    return UUID(int=int(moment.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62)


LAST_ID = UUID("ffffffff-ffff-7fff-bfff-ffffffffffff")


def uuid(text: str, field: str) -> UUID:
    """`text` as a UUID.

    Raises:
        Invalid: it is none; `field` names it in the answer.
    """
    try:
        return UUID(text)
    except ValueError:
        raise Invalid.field(field, "must be a UUID") from None


def uuid7(text: str, field: str) -> UUID:
    """`text` as a UUIDv7. Raises Invalid like `uuid`."""
    parsed = uuid(text, field)
    try:
        made_at(parsed)
    except (ValueError, OverflowError):
        parsed = UUID(int=0)
    if parsed.version != 7:
        raise Invalid.field(field, "must be a UUID of version 7")
    return parsed


def back_from(newest: datetime, days: int) -> list[int]:
    """The months from that of `newest`, or of now, back to what a TTL of `days` can still hold, newest first."""
    now = datetime.now(UTC)
    oldest = month_at(now - timedelta(days=days))
    newest = min(newest, now + SKEW)
    year = newest.year
    month = newest.month
    months: list[int] = []
    while year * 100 + month >= oldest:
        months.append(year * 100 + month)
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return months


async def newest_first(months: list[int], fetch: Fetch, limit: int) -> list[Row]:
    """The first `limit` rows over `months`, each month already newest first: two months at a glance, then the others."""
    rows: list[Row] = []
    for part in (months[:FIRST_GLANCE], months[FIRST_GLANCE:]):
        if len(rows) < limit and part:
            rows += [row for month in await asyncio.gather(*map(fetch, part)) for row in month]
    return rows[:limit]


def aware(moment: Any) -> datetime:
    """The driver gives naive UTC."""
    return moment.replace(tzinfo=UTC)


def micros(moment: datetime) -> int:
    """Since 1970, where milliseconds are too coarse."""
    return (moment - EPOCH) // MICROSECOND


def moment(micros: int) -> datetime:
    """An aware one, in UTC."""
    return EPOCH + timedelta(microseconds=micros)
