"""The audit log, by day and an eighth of its events. One question reads at most 264 partitions and some 20,000 rows."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from database import Database
from driver import Row

from repositories import time_buckets
from shared.models.audit import MOST_DAYS, AuditEntry
from shared.models.base import Page
from shared.utils.errors import Invalid

BUCKETS = 8
DAYS_AT_ONCE = 4  # after the newest one, which most pages are filled from
CHUNK = 100  # rows of each partition that one round reads
SCANNED = 20_000
AT_ONCE = 64  # statements under way while a batch is stored
DAY_SECONDS = 86_400
_COLUMNS = "id, at, action, actor, subject_type, subject_id, correlation_id, details"
_INSERT = f"INSERT INTO audit_log (day, bucket, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?"  # noqa: S608
_PAGE = f"SELECT {_COLUMNS} FROM audit_log WHERE day = ? AND bucket = ? AND id >= ? AND id < ? LIMIT ?"  # noqa: S608


@dataclass(frozen=True)
class AuditQuery:
    """Entries from `since` to before `until`; None of the others: any. `action` is how it begins."""

    since: datetime
    until: datetime
    action: str | None = None
    actor: str | None = None
    subject: str | None = None

    def matches(self, row: Row) -> bool:
        return (
            row["action"].startswith(self.action or "")
            and self.actor in (None, row["actor"])
            and self.subject in (None, row["subject_id"])
        )


class AuditRepository:
    """`kept_days`: entries that are older are not stored. Raises `Unavailable` when Cassandra does not answer."""

    def __init__(self, database: Database, kept_days: int) -> None:
        self._query = database.query
        self._kept_seconds = kept_days * DAY_SECONDS

    async def store(self, entries: list[AuditEntry]) -> None:
        """Stores all; twice is the same as once.

        Raises:
            Invalid: an id is not a UUIDv7.
        """
        rows = [row for at, entry in enumerate(entries) if (row := self._values(at, entry))[-1] > 0]
        for at in range(0, len(rows), AT_ONCE):
            await asyncio.gather(*(self._query(_INSERT, *row) for row in rows[at : at + AT_ONCE]))

    async def list_entries(self, query: AuditQuery, *, limit: int, cursor: str | None) -> Page[AuditEntry]:
        """Newest first; the cursor is an id. A page may be short, or empty, and still have one: then 20,000 were looked through.

        Raises:
            Invalid: `cursor` is not one of this list, or the time is longer than 31 days.
        """
        since = _id_at(query.since)
        below = _id_at(min(query.until, datetime.now(UTC) + time_buckets.SKEW))
        if cursor:
            below = min(below, time_buckets.uuid7(cursor, "cursor"))
        found = list[AuditEntry]()
        scanned = 0
        async for rows in self._newest_first(since, below):
            for row in filter(query.matches, rows):
                if len(found) == limit:
                    return Page(items=found, next_cursor=found[-1].id)
                found.append(_entry(row))
            scanned += len(rows)
            if scanned >= SCANNED:
                return Page(items=found, next_cursor=str(rows[-1]["id"]))
        return Page(items=found)

    async def _newest_first(self, since: UUID, below: UUID) -> AsyncGenerator[list[Row]]:
        days = _days(since, below)
        for group in (days[:1], *(days[at : at + DAYS_AT_ONCE] for at in range(1, len(days), DAYS_AT_ONCE))):
            async for rows in self._merged(group, since, below):
                yield rows

    async def _merged(self, days: list[int], since: UUID, below: UUID) -> AsyncGenerator[list[Row]]:
        """The rows of all buckets of `days` in one order. What lies below the end of a full chunk waits for the next round."""
        partitions = [(day, bucket) for day in days for bucket in range(BUCKETS)]
        more = True
        while more:
            chunks = await asyncio.gather(*(self._query(_PAGE, *each, since, below, CHUNK) for each in partitions))
            ends = [chunk[-1]["id"] for chunk in chunks if len(chunk) == CHUNK]
            complete_from = max(ends, default=since)
            more = bool(ends)
            rows = [row for chunk in chunks for row in chunk if row["id"] >= complete_from]
            if rows:
                yield sorted(rows, key=lambda row: row["id"], reverse=True)
            below = complete_from

    def _values(self, at: int, entry: AuditEntry) -> tuple[Any, ...]:
        entry_id = time_buckets.uuid7(entry.id, f"items.{at}.id")
        age = int((datetime.now(UTC) - time_buckets.made_at(entry_id)).total_seconds())
        return (
            _day(entry_id), entry_id.int % BUCKETS, entry_id, entry.at, entry.action, entry.actor, entry.subject_type,
            entry.subject_id, entry.correlation_id, entry.details, min(self._kept_seconds - age, self._kept_seconds),
        )  # fmt: skip


def _id_at(moment: datetime) -> UUID:
    return time_buckets.first_id_at(max(moment, time_buckets.EPOCH))


def _day(event_id: UUID) -> int:
    return (event_id.int >> 80) // (DAY_SECONDS * 1000)


def _days(since: UUID, below: UUID) -> list[int]:
    """Newest first. Raises Invalid for too many."""
    newest = _day(below)
    oldest = _day(since)
    if newest - oldest > MOST_DAYS + 1:  # it begins and ends within a day
        raise Invalid.field("since", f"must not be more than {MOST_DAYS} days before `until`")
    return list(range(newest, oldest - 1, -1))


def _entry(row: Row) -> AuditEntry:
    kept = {name: row[name] for name in ("action", "actor", "subject_type", "subject_id")}
    made: dict[str, Any] = {
        "id": str(row["id"]),
        "at": time_buckets.aware(row["at"]),
        "details": dict(row["details"] or {}),
    }
    return AuditEntry(**kept, **made, correlation_id=row["correlation_id"] or "")
