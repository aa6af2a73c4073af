"""Subscriptions and billing runs on real servers, up to the message that back-workers will take."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import httpx
import pytest
import redis
from settings import Settings
from tests.callers import Callers

from back_redis.connection import RedisConnection
from stack.native.servers import Place
from tests.service_callers import DeclaredCaller, Signing

pytestmark = pytest.mark.integration
Register = Callable[[str], Awaitable[str]]
THIS_MONTH = datetime.now(UTC).strftime("%Y-%m")


@pytest.fixture
async def boss(register: Register, callers: Callers) -> dict[str, str]:
    return callers.headers(await register("boss@example.com"), "admin")


async def test_a_subscription_is_chosen_changed_canceled_and_chosen_again(
    test_client: httpx.AsyncClient, boss: dict[str, str]
) -> None:
    plans = (await test_client.get("/api/plans")).json()["items"]
    assert [plan["id"] for plan in plans] == ["free", "pro"]
    chosen = await test_client.post("/api/subscription", json={"plan": "free"}, headers=boss)
    assert (chosen.status_code, chosen.json()["next_due_on"]) == (201, None)
    upgrade = {"plan": "pro", "seats": 3}
    changed = await test_client.patch("/api/subscription", json=upgrade, headers={**boss, "If-Match": '"1"'})
    assert (changed.status_code, changed.json()["seats"]) == (200, 3)
    assert changed.json()["next_due_on"] is not None
    assert [(await test_client.delete("/api/subscription", headers=boss)).status_code for _ in range(2)] == [204, 204]
    assert (await test_client.patch("/api/subscription", json={"seats": 1}, headers=boss)).status_code == 404
    assert (await test_client.post("/api/subscription", json=upgrade, headers=boss)).status_code == 201


async def test_a_due_subscription_is_priced_and_its_invoice_shown(
    test_client: httpx.AsyncClient, boss: dict[str, str], back_postgres_url: str, postgres_server: Place
) -> None:
    await test_client.post("/api/subscription", json={"plan": "pro", "seats": 2}, headers=boss)
    run = (await test_client.post("/api/billing/runs", json={"period": THIS_MONTH}, headers=boss)).json()
    address = f"{back_postgres_url}/internal/billing-runs/{run['id']}"
    caller = DeclaredCaller("back-postgres", Signing.from_secrets(postgres_server.secrets))
    async with httpx.AsyncClient(base_url=address, auth=caller) as worker:
        lease = await worker.post("/lease", json={"worker": "w1"})
        assert lease.status_code == 200, lease.text
        chunk = {"worker": "w1", "period": THIS_MONTH}
        path = f"/internal/billing/runs/{run['id']}/chunks"
        other = await test_client.post(path, json={**chunk, "worker": "w2"})
        assert other.status_code == 409, other.text
        first, again = [(await test_client.post(path, json=chunk)).json() for _ in range(2)]
        assert (first["run"]["invoices"], first["failed"], again["through"]) == (1, [], None)
        await worker.post("/finish", json={"worker": "w1"})
    invoices = (await test_client.get("/api/invoices", headers=boss)).json()["items"]
    assert [invoice["amount_minor"] for invoice in invoices] == [2400]
    assert (await test_client.get(f"/api/invoices/{invoices[0]['id']}", headers=boss)).json()["lines"][0][
        "quantity"
    ] == 2
    task = (await test_client.get(f"/api/tasks/{run['task_id']}", headers=boss)).json()
    assert (task["state"], task["progress"]) == ("succeeded", 1.0)


async def test_an_accepted_run_lies_in_the_queue_of_back_workers(
    test_client: httpx.AsyncClient, boss: dict[str, str], redis_server: Place
) -> None:
    with redis.Redis(redis_server.host, redis_server.port, username="tests", password="tests") as store:
        store.delete("celery:celery")
        accepted = await test_client.post("/api/billing/runs", json={"period": THIS_MONTH}, headers=boss)
        assert accepted.status_code == 202
        message = json.loads(str(store.lindex("celery:celery", 0), "utf-8"))  # pyright: ignore[reportArgumentType]
    assert message["headers"]["task"] == "billing.run"
    assert message["headers"]["x_correlation_id"] == accepted.headers["x-correlation-id"]
    assert accepted.json()["id"] in message["headers"]["argsrepr"]
    again = await test_client.post("/api/billing/runs", json={"period": THIS_MONTH}, headers=boss)
    assert again.status_code == 409


async def test_plans_are_kept_under_back_api_s_own_keys(test_client: httpx.AsyncClient, settings: Settings) -> None:
    await test_client.get("/api/plans")
    async with RedisConnection.from_settings(settings, "back-api") as connection:
        assert "pro" in await connection.call("GET", "cache:back-api:plans")
