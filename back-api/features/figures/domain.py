"""What the figures show: a store that is away takes its own figures with it, and amounts need `billing:read`."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import date
from typing import Protocol, TypeVar

from shared.models.figures import AccountFigures, ActivityFigures, Backlog, Figures, RouteFigures, Span
from shared.utils.errors import Unavailable

from .periods import DAYS, Days, daily, first_needed, revenue

TIME_ZONE = "UTC"
AMOUNTS = "billing:read"
SLOW_MS = 500.0
FEWEST_REQUESTS = 5
"""A route with fewer says nothing about how slow it is."""
MOST_SLOW = 5
Part = TypeVar("Part")


class AccountStore(Protocol):
    """back-postgres."""

    async def accounts(self, since: date) -> AccountFigures: ...


class ActivityStore(Protocol):
    """back-cassandra."""

    async def activity(self, since: date) -> ActivityFigures: ...


class EventStore(Protocol):
    """back-redis."""

    async def backlog(self) -> Backlog: ...


class FiguresDomain:
    def __init__(
        self, accounts: AccountStore, activity: ActivityStore, events: EventStore, today: Callable[[], date]
    ) -> None:
        self._accounts = accounts
        self._activity = activity
        self._events = events
        self._today = today

    async def read(self, period: Span, permissions: Collection[str]) -> Figures:
        """All stores are asked at once."""
        days = Days(self._today(), DAYS[period])
        accounts, activity, events = await asyncio.gather(
            _or_none(self._accounts.accounts(first_needed(days))),
            _or_none(self._activity.activity(days.first_before)),
            _or_none(self._events.backlog()),
        )
        stores = {"back-postgres": accounts, "back-cassandra": activity, "back-redis": events}
        return Figures(
            period=period,
            first_day=days.first,
            last_day=days.last,
            time_zone=TIME_ZONE,
            sign_ups=daily(accounts.sign_ups, days) if accounts else None,
            active_people=daily(activity.active_people, days) if activity else None,
            revenue=revenue(accounts.revenue, days) if accounts and AMOUNTS in permissions else None,
            failed_runs=accounts.failed_runs if accounts and AMOUNTS in permissions else None,
            requests=activity.requests if activity else None,
            slow_routes=slow(activity.requests.routes) if activity else None,
            backlog=_backlog(accounts, events),
            missing=[name for name, part in stores.items() if part is None],
        )


def slow(routes: Sequence[RouteFigures]) -> list[RouteFigures]:
    """The slowest of those that are often asked for and too slow."""
    return [route for route in routes if route.p95_ms >= SLOW_MS and route.requests >= FEWEST_REQUESTS][:MOST_SLOW]


def _backlog(accounts: AccountFigures | None, events: Backlog | None) -> Backlog:
    backlog = events or Backlog()
    if accounts is None:
        return backlog
    outbox = accounts.outbox
    of_outbox = {"outbox": outbox.pending, "unsent": outbox.dead, "oldest_seconds": outbox.oldest_seconds}
    return backlog.model_copy(update=of_outbox)


async def _or_none(part: Awaitable[Part]) -> Part | None:
    try:
        return await part
    except Unavailable:
        return None
