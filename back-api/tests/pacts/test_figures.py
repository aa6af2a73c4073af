"""What the figures ask of back-postgres and back-cassandra."""

from datetime import UTC, date, datetime
from typing import cast

import pytest
from features.figures.infrastructure import BackCassandraActivity, BackPostgresAccounts
from tests.conftest import FakeRedis

from back_redis.cache import Cache
from back_redis.connection import RedisConnection
from shared.chassis.client import ServiceClient
from shared.models.figures import (
    AccountFigures,
    ActivityFigures,
    DayCount,
    DayRevenue,
    HourRequests,
    RequestFigures,
    RouteFigures,
)
from shared.models.outbox import OutboxFigures
from tests.pacts.consumer import Ask, Interaction, ok

pytestmark = pytest.mark.pact
DAY = date(2026, 11, 1)
ACCOUNTS = AccountFigures(
    sign_ups=[DayCount(day=DAY, count=1)],
    revenue=[DayRevenue(day=DAY, currency="EUR", amount_minor=2400, invoices=1)],
    failed_runs=[],
    outbox=OutboxFigures(pending=1, oldest_seconds=0.5, dead=0),
)
ROUTE = RouteFigures(name="GET /", service="front-public", requests=1, failed=0, p95_ms=3.5)
HOUR = HourRequests(at=datetime(2026, 11, 23, 12, tzinfo=UTC), requests=1, failed=0, p95_ms=3.5, capped=False)
ACTIVITY = ActivityFigures(
    active_people=[DayCount(day=DAY, count=1)],
    requests=RequestFigures(requests=1, failed=0, p95_ms=3.5, hours=[HOUR], routes=[ROUTE]),
)
SINCE = {"since": "2026-11-01"}


def cache() -> Cache:
    return Cache(cast(RedisConnection, FakeRedis()), "back-api")


async def accounts(client: ServiceClient) -> AccountFigures:
    return await BackPostgresAccounts(client, cache()).accounts(DAY)


async def activity(client: ServiceClient) -> ActivityFigures:
    return await BackCassandraActivity(client, cache()).activity(DAY)


async def test_accounts_are_counted() -> None:
    ask = Ask("GET", "/internal/figures/accounts", query=SINCE)
    counted = Interaction("counts of accounts", "a person with an invoice", ask, ok(ACCOUNTS), accounts, ACCOUNTS)
    await counted.holds("back-api", "back-postgres")


async def test_activity_is_counted() -> None:
    ask = Ask("GET", "/internal/figures/activity", query=SINCE)
    counted = Interaction(
        "counts of activity", "a day with a login and a request", ask, ok(ACTIVITY), activity, ACTIVITY
    )
    await counted.holds("back-api", "back-cassandra")
