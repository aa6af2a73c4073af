"""Counts by day and hour: people who logged in, and the traced requests of the last 24 hours."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from math import ceil

from database import Database
from driver import Row

from repositories import time_buckets
from repositories.login_event_repository import KEPT_DAYS
from repositories.time_buckets import HOUR_MICROS, micros, moment
from shared.models.figures import ActivityFigures, DayCount, HourRequests, RequestFigures, RouteFigures

HOURS = 24
SCANNED = 2_000  # requests of one hour that are looked at, the newest
MOST_ROUTES = 100
EPOCH_DAY = date(1970, 1, 1)
_ACTIVE = "SELECT day, count(*) AS people FROM active_people WHERE month = ? AND day >= ? GROUP BY day"
_REQUESTS = "SELECT name, service, duration, failed FROM traces_by_hour WHERE hour = ? LIMIT ?"


class FiguresRepository:
    """Raises `Unavailable` when Cassandra does not answer."""

    def __init__(self, database: Database) -> None:
        self._query = database.query

    async def read(self, since: date) -> ActivityFigures:
        """People from the day `since` (UTC) on."""
        active_people, requests = await asyncio.gather(self._active_people(since), self._requests())
        return ActivityFigures(active_people=active_people, requests=requests)

    async def _active_people(self, since: date) -> list[DayCount]:
        now = datetime.now(UTC)
        months = [m for m in time_buckets.back_from(now, KEPT_DAYS) if m >= since.year * 100 + since.month]
        first = (since - EPOCH_DAY).days
        rows = await asyncio.gather(*(self._query(_ACTIVE, month, first) for month in reversed(months)))
        return [
            DayCount(day=EPOCH_DAY + timedelta(days=row["day"]), count=row["people"]) for some in rows for row in some
        ]

    async def _requests(self) -> RequestFigures:
        newest = micros(datetime.now(UTC)) // HOUR_MICROS
        hours = range(newest - HOURS + 1, newest + 1)
        by_hour = await asyncio.gather(*(self._query(_REQUESTS, hour, SCANNED + 1) for hour in hours))
        rows = [row for some in by_hour for row in some[:SCANNED]]
        return RequestFigures(
            requests=len(rows),
            failed=_failed(rows),
            p95_ms=_p95(rows),
            hours=[_hour(hour, some) for hour, some in zip(hours, by_hour, strict=True)],
            routes=_routes(rows),
        )


def _hour(hour: int, rows: Sequence[Row]) -> HourRequests:
    capped = len(rows) > SCANNED
    rows = rows[:SCANNED]
    at = moment(hour * HOUR_MICROS)
    return HourRequests(at=at, requests=len(rows), failed=_failed(rows), p95_ms=_p95(rows), capped=capped)


def _routes(rows: Sequence[Row]) -> list[RouteFigures]:
    by_route: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_route[row["service"], row["name"]].append(row)
    routes = [
        RouteFigures(name=name, service=service, requests=len(some), failed=_failed(some), p95_ms=_p95(some))
        for (service, name), some in by_route.items()
    ]
    return sorted(routes, key=lambda route: route.p95_ms, reverse=True)[:MOST_ROUTES]


def _failed(rows: Sequence[Row]) -> int:
    return sum(bool(row["failed"]) for row in rows)


def _p95(rows: Sequence[Row]) -> float:
    """The shortest duration in milliseconds that 95 % of `rows` do not exceed; 0 without any."""
    durations = sorted(row["duration"] for row in rows)
    return durations[ceil(0.95 * len(durations)) - 1] / 1000 if durations else 0.0
