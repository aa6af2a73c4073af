"""`/api/figures`: who may read what, what is missing without a store, and that stores are asked once in some seconds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.callers import ANN
from tests.conftest import Peers

Headers = Callable[..., dict[str, str]]
PATH = "/api/figures"
ROUTE = {"service": "front-public", "failed": 0}


def day(back: int) -> str:
    return (datetime.now(UTC).date() - timedelta(days=back)).isoformat()


@pytest.fixture(autouse=True)
def counted(peers: Peers) -> None:
    run = {
        "id": "r1",
        "task_id": "t1",
        "period": "2026-11",
        "dry_run": False,
        "state": "failed",
        "created_at": "2026-11-01T00:00:00Z",
    }
    sold = {"currency": "EUR", "amount_minor": 1200, "invoices": 1}
    peers.postgres.account_figures = {
        "sign_ups": [{"day": day(0), "count": 2}, {"day": day(8), "count": 5}],
        "revenue": [sold | {"day": day(1)}, sold | {"day": day(1), "currency": "USD"}],
        "failed_runs": [run],
        "outbox": {"pending": 3, "oldest_seconds": 1.5, "dead": 1},
    }
    routes = [
        ROUTE | {"name": "GET /slow", "requests": 5, "p95_ms": 900.0},
        ROUTE | {"name": "GET /once", "requests": 1, "p95_ms": 800.0},
        ROUTE | {"name": "GET /fast", "requests": 9, "p95_ms": 20.0},
    ]
    requests = {"requests": 15, "failed": 1, "p95_ms": 40.0, "hours": [], "routes": routes}
    peers.cassandra.activity_figures = {"active_people": [{"day": day(6), "count": 4}], "requests": requests}


async def figures(api: httpx.AsyncClient, headers: dict[str, str], **params: Any) -> dict[str, Any]:
    answer = await api.get(PATH, params=params, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(("role", "status"), [("user", 403), ("support", 200), ("billing-admin", 200), ("admin", 200)])
async def test_staff_alone_sees_figures(api: httpx.AsyncClient, as_user: Headers, role: str, status: int) -> None:
    for path in (PATH, f"{PATH}/services"):
        assert (await api.get(path, headers=as_user(ANN, role))).status_code == status


async def test_a_week_is_compared_with_the_one_before(api: httpx.AsyncClient, as_user: Headers) -> None:
    body = await figures(api, as_user(ANN, "admin"), period="7d")
    assert (body["first_day"], body["last_day"], body["time_zone"]) == (day(6), day(0), "UTC")
    assert (body["sign_ups"]["total"], body["sign_ups"]["before"], len(body["sign_ups"]["days"])) == (2, 5, 7)
    assert body["active_people"]["days"][0] == {"day": day(6), "count": 4}
    assert body["revenue"]["totals"] == [
        {"currency": currency, "amount_minor": 1200, "before_minor": 0} for currency in ("EUR", "USD")
    ]
    assert (body["backlog"]["outbox"], body["backlog"]["unsent"], body["backlog"]["dead_letters"]) == (3, 1, 0)
    assert body["missing"] == []


async def test_a_route_is_slow_when_it_often_is(api: httpx.AsyncClient, as_user: Headers) -> None:
    body = await figures(api, as_user(ANN, "admin"))
    assert [route["name"] for route in body["slow_routes"]] == ["GET /slow"]


async def test_amounts_are_for_those_who_may_read_billing(api: httpx.AsyncClient, as_user: Headers) -> None:
    support = await figures(api, as_user(ANN, "support"))
    assert (support["revenue"], support["failed_runs"], support["missing"]) == (None, None, [])
    assert (await figures(api, as_user(ANN, "billing-admin")))["failed_runs"][0]["id"] == "r1"


@pytest.mark.parametrize(
    ("store", "lost", "kept"),
    [
        ("postgres", ["sign_ups", "revenue", "failed_runs"], ["active_people", "requests"]),
        ("cassandra", ["active_people", "requests", "slow_routes"], ["sign_ups", "revenue"]),
        ("redis", [], ["sign_ups", "active_people", "revenue"]),
    ],
)
async def test_a_store_that_is_away_takes_only_its_own_figures(
    api: httpx.AsyncClient, as_user: Headers, peers: Peers, store: str, lost: list[str], kept: list[str]
) -> None:
    getattr(peers, store).down = True
    body = await figures(api, as_user(ANN, "admin"))
    assert body["missing"] == [f"back-{store}"]
    assert [body[name] for name in lost] == [None] * len(lost)
    assert None not in [body[name] for name in kept]
    assert (body["backlog"]["outbox"] is None, body["backlog"]["dead_letters"] is None) == (
        store == "postgres",
        store == "redis",
    )


async def test_stores_are_asked_once_in_some_seconds(api: httpx.AsyncClient, as_user: Headers, peers: Peers) -> None:
    first = await figures(api, as_user(ANN, "admin"))
    peers.postgres.account_figures = {}
    peers.cassandra.activity_figures = {}
    assert await figures(api, as_user(ANN, "admin")) == first


@pytest.mark.parametrize("period", ["8d", "", "7", "year"])
async def test_another_period_is_refused(api: httpx.AsyncClient, as_user: Headers, period: str) -> None:
    assert (await api.get(PATH, params={"period": period}, headers=as_user(ANN, "admin"))).status_code == 422


async def test_the_services_are_the_declared_ones_with_what_is_known(
    api: httpx.AsyncClient, as_user: Headers, peers: Peers
) -> None:
    peers.cassandra.down = True
    body = (await api.get(f"{PATH}/services", headers=as_user(ANN, "support"))).json()
    by_name = {service["name"]: service for service in body["items"]}
    conditions = {name: service["condition"] for name, service in by_name.items()}
    assert {name for name, condition in conditions.items() if condition == "down"} == {"back-cassandra"}
    assert {"back-api", "back-gateway", "back-auth", "back-postgres", "postgres", "back-redis"} <= {
        name for name, condition in conditions.items() if condition == "up"
    }
    assert (conditions["back-workers"], conditions["cassandra"]) == ("unknown", "unknown")
    assert by_name["back-postgres"]["calls"] == ["postgres"]
