"""Attempts to log in, by user and month, kept for 400 days."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

from database import Database
from driver import Row

from repositories import time_buckets
from shared.models.base import Page
from shared.models.session import LoginEvent
from shared.utils import cursors
from shared.utils.errors import Invalid

KEPT_DAYS = 400
DAY_SECONDS = 86_400
_COLUMNS = "user_id, occurred_at, id, outcome, ip, user_agent, session_id"
_INSERT = f"INSERT INTO login_events (month, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_ACTIVE = "INSERT INTO active_people (month, day, user_id) VALUES (?, ?, ?)"
_NEWEST = f"SELECT {_COLUMNS} FROM login_events WHERE user_id = ? AND month = ? LIMIT ?"  # noqa: S608
_OLDER = f"SELECT {_COLUMNS} FROM login_events WHERE user_id = ? AND month = ? AND (occurred_at, id) < (?, ?) LIMIT ?"  # noqa: S608


class LoginEventRepository:
    """Raises `Unavailable` when Cassandra does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def store(self, events: list[LoginEvent]) -> None:
        """Stores all, and who was active on which day; the keys are made of the event, so that twice is the same as once.

        Raises:
            Invalid: an id is not a UUID.
        """
        rows = [_values(at, event) for at, event in enumerate(events)]
        active = {_active_values(event) for event in events if event.outcome == "succeeded"}
        await asyncio.gather(
            *(self._database.query(_INSERT, *row) for row in rows),
            *(self._database.query(_ACTIVE, *values) for values in active),
        )

    async def list_for_user(self, user_id: UUID, *, limit: int, cursor: str | None) -> Page[LoginEvent]:
        """Newest first.

        Raises:
            Invalid: `cursor` is not one of this list.
        """
        before = _position(cursor) if cursor else None

        async def fetch(month: int) -> list[Row]:
            if before is None:
                return await self._database.query(_NEWEST, user_id, month, limit + 1)
            return await self._database.query(_OLDER, user_id, month, *before, limit + 1)

        newest = before[0] if before else datetime.now(UTC) + time_buckets.SKEW
        rows = await time_buckets.newest_first(time_buckets.back_from(newest, KEPT_DAYS), fetch, limit + 1)
        events = [_event(row) for row in rows[:limit]]
        more = len(rows) > limit
        last = events[-1] if more else None
        return Page(items=events, next_cursor=cursors.encode(last.occurred_at.isoformat(), last.id) if last else None)


def _position(cursor: str) -> tuple[datetime, UUID]:
    occurred_at, event_id = cursors.decode(cursor, 2)
    try:
        return datetime.fromisoformat(occurred_at).astimezone(UTC), UUID(event_id)
    except (ValueError, OverflowError):
        raise Invalid.field("cursor", "is not a cursor that this list gave out") from None


def _values(at: int, event: LoginEvent) -> tuple[object, ...]:
    return (
        time_buckets.month_at(event.occurred_at), time_buckets.uuid(event.user_id, f"items.{at}.user_id"), event.occurred_at, time_buckets.uuid(event.id, f"items.{at}.id"),
        event.outcome, event.ip, event.user_agent, event.session_id,
    )  # fmt: skip


def _active_values(event: LoginEvent) -> tuple[int, int, UUID]:
    day = int(event.occurred_at.timestamp()) // DAY_SECONDS
    return time_buckets.month_at(event.occurred_at), day, UUID(event.user_id)


def _event(row: Row) -> LoginEvent:
    return LoginEvent(
        id=str(row["id"]),
        user_id=str(row["user_id"]),
        outcome=row["outcome"],
        ip=row["ip"],
        user_agent=row["user_agent"],
        session_id=row["session_id"],
        occurred_at=time_buckets.aware(row["occurred_at"]),
    )
