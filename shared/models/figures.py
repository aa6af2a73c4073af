"""Figures about the whole system, made of what the stores hold. Days and months are in UTC, amounts in minor units."""

from typing import Literal

from pydantic import Field

from shared.models.base import Day, Entity, Timestamp
from shared.models.billing import BillingRun
from shared.models.outbox import OutboxFigures

Span = Literal["7d", "30d", "90d"]
"""How many days figures cover, today included."""
ServiceCondition = Literal["up", "down", "unknown"]


class DayCount(Entity):
    day: Day
    count: int = Field(ge=0)


class DayRevenue(Entity):
    """What was invoiced on one day in one currency."""

    day: Day
    currency: str
    amount_minor: int
    invoices: int


class AccountFigures(Entity):
    """What back-postgres counts; days without anything are left out. `failed_runs` are those that no later run made good."""

    sign_ups: list[DayCount]
    revenue: list[DayRevenue]
    failed_runs: list[BillingRun]
    outbox: OutboxFigures


class HourRequests(Entity):
    """Traced requests that began in the hour from `at` on. `capped`: there were more than were looked at."""

    at: Timestamp
    requests: int
    failed: int
    p95_ms: float
    capped: bool = False


class RouteFigures(Entity):
    """Traced requests of one route in the last 24 hours, by the service in which they began."""

    name: str
    service: str
    requests: int
    failed: int
    p95_ms: float


class RequestFigures(Entity):
    """Traced requests of the last 24 hours: `hours` by time, `routes` slowest first. Traces may be a sample of all requests."""

    requests: int
    failed: int
    p95_ms: float
    hours: list[HourRequests]
    routes: list[RouteFigures]


class ActivityFigures(Entity):
    """What back-cassandra counts: people who logged in, by day (days without any are left out), and traced requests."""

    active_people: list[DayCount]
    requests: RequestFigures


class DailyFigure(Entity):
    """`total` over the period, `before` over the one of equal length before it; `days` has every day of the period."""

    total: int
    before: int
    days: list[DayCount]


class CurrencyRevenue(Entity):
    """Invoiced in the period and in the one before, in one currency."""

    currency: str
    amount_minor: int
    before_minor: int


class MonthRevenue(Entity):
    """Invoiced in one month (`YYYY-MM`) in one currency."""

    month: str
    currency: str
    amount_minor: int
    invoices: int


class Revenue(Entity):
    """Amounts of different currencies are never added up. `months` are the last six, in every currency of them."""

    totals: list[CurrencyRevenue]
    months: list[MonthRevenue]


class Backlog(Entity):
    """Work that waits: not yet published events, entries that no consumer group has finished, and undelivered ones."""

    outbox: int | None = None
    unsent: int | None = None
    oldest_seconds: float | None = None
    streams: int | None = None
    dead_letters: int | None = None
    waiting: int | None = None
    parked: int | None = None


class Figures(Entity):
    """`GET /api/figures`. A figure is null while its store is away (`missing` names it) or when the caller may not read it."""

    period: Span
    first_day: Day
    last_day: Day
    time_zone: str
    sign_ups: DailyFigure | None = None
    active_people: DailyFigure | None = None
    revenue: Revenue | None = None
    failed_runs: list[BillingRun] | None = None
    requests: RequestFigures | None = None
    slow_routes: list[RouteFigures] | None = None
    backlog: Backlog
    missing: list[str]


class ServiceState(Entity):
    """A service as `boundaries.yaml` declares it, and whether it answers; `unknown` is one that back-api cannot ask."""

    name: str
    kind: str
    does: str
    calls: list[str]
    condition: ServiceCondition
