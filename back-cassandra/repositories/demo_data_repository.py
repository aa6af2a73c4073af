"""Removes the data of a new development stack: what its ids mark as made up, and nothing else."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import TypeVar
from uuid import UUID

from database import Database
from driver import Row

from repositories import time_buckets
from repositories.audit_repository import BUCKETS, DAY_SECONDS
from repositories.trace_repository import HOURS
from shared.models.demo_data import is_made_up

KEPT_DAYS = 400
AT_ONCE = 64  # statements under way
_LOGINS = "SELECT occurred_at, id, outcome FROM login_events WHERE user_id = ? AND month = ?"
_DELETE_LOGIN = "DELETE FROM login_events WHERE user_id = ? AND month = ? AND occurred_at = ? AND id = ?"
_DELETE_ACTIVE = "DELETE FROM active_people WHERE month = ? AND day = ? AND user_id = ?"
_NOTIFICATIONS = "SELECT id FROM notifications WHERE user_id = ? AND month = ?"
_DELETE_NOTIFICATION = "DELETE FROM notifications WHERE user_id = ? AND month = ? AND id = ?"
_AUDIT = "SELECT id FROM audit_log WHERE day = ? AND bucket = ?"
_DELETE_ENTRY = "DELETE FROM audit_log WHERE day = ? AND bucket = ? AND id = ?"
_TRACES = "SELECT started, trace_id, correlation_id FROM traces_by_hour WHERE hour = ?"
_DELETE_TRACE = "DELETE FROM traces_by_hour WHERE hour = ? AND started = ? AND trace_id = ?"
_DELETE_SPANS = "DELETE FROM trace_spans WHERE correlation_id = ?"
Place = TypeVar("Place")


class DemoDataRepository:
    """Raises `Unavailable` when Cassandra does not answer."""

    def __init__(self, database: Database) -> None:
        self._query = database.query

    async def remove(self, users: list[UUID], since: datetime) -> None:
        """From `since` on, by at most 400 days back; what is gone already is no error."""
        now = datetime.now(UTC)
        since = max(since, now - timedelta(days=KEPT_DAYS))
        months = time_buckets.back_from(now, (now - since).days + 1)
        days = range(_day(since), _day(now) + 1)
        hour = int(now.timestamp()) // 3600
        await _each(product(users, months), self._logins)
        await _each(product(users, months), self._notifications)
        await _each(product(days, range(BUCKETS)), self._audit)
        await _each(range(hour - HOURS, hour + 2), self._traces)

    async def _logins(self, place: tuple[UUID, int]) -> None:
        """With the days on which nothing but made-up log-ins happened."""
        user_id, month = place
        rows = await self._query(_LOGINS, user_id, month)
        made = [row for row in rows if is_made_up(row["id"])]
        kept = {_day_of(row) for row in rows if row not in made and row["outcome"] == "succeeded"}
        for row in made:
            await self._query(_DELETE_LOGIN, user_id, month, row["occurred_at"], row["id"])
        for day in {_day_of(row) for row in made} - kept:
            await self._query(_DELETE_ACTIVE, month, day, user_id)

    async def _notifications(self, place: tuple[UUID, int]) -> None:
        user_id, month = place
        for row in await self._query(_NOTIFICATIONS, user_id, month):
            if is_made_up(row["id"]) or is_made_up(user_id):
                await self._query(_DELETE_NOTIFICATION, user_id, month, row["id"])

    async def _audit(self, place: tuple[int, int]) -> None:
        for row in await self._query(_AUDIT, *place):
            if is_made_up(row["id"]):
                await self._query(_DELETE_ENTRY, *place, row["id"])

    async def _traces(self, hour: int) -> None:
        for row in await self._query(_TRACES, hour):
            if is_made_up(row["trace_id"]):
                await self._query(_DELETE_SPANS, row["correlation_id"])
                await self._query(_DELETE_TRACE, hour, row["started"], row["trace_id"])


def _day(moment: datetime) -> int:
    return int(moment.timestamp()) // DAY_SECONDS


def _day_of(row: Row) -> int:
    return _day(time_buckets.aware(row["occurred_at"]))


async def _each(places: Iterable[Place], remove: Callable[[Place], Awaitable[None]]) -> None:
    all_places = list(places)
    for at in range(0, len(all_places), AT_ONCE):
        await asyncio.gather(*map(remove, all_places[at : at + AT_ONCE]))
