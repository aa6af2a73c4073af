"""The data of a new development stack: stored once with its own times, without events,
removed alone, and never in production."""

from typing import Any

import orjson
import pytest

from settings import Settings
from shared.models.demo_data import MADE_UP
from tests.client import Api, Sql
from tests.conftest import serving

pytestmark = pytest.mark.integration
AT = "2026-10-01T08:00:00Z"
USER = "01998a6c-3d10-7a4b-8c1e-5f0a2b3c4d5e"
OTHER = "01998a6c-3d10-7a4b-8c1e-5f0a2b3c4d5f"
IDENTITY = {"id": OTHER, "user_id": USER}
LINE = {"description": "Pro", "quantity": 2, "unit_amount_minor": 1200, "amount_minor": 2400}
PAID = {"plan": "pro", "currency": "EUR"}
RUN = {
    "id": OTHER,
    "task_id": OTHER,
    "period": "2026-10",
    "dry_run": False,
    "state": "succeeded",
    "created_at": AT,
    "finished_at": AT,
}
INVOICE = {
    "number": "",
    "subscription_id": OTHER,
    "run_id": OTHER,
    "period": "2026-10",
    "amount_minor": 2400,
    "state": "issued",
}
ANNOUNCEMENT: dict[str, Any] = {
    "id": OTHER,
    "title": "News",
    "body": "Soon.",
    "audience": {},
    "state": "succeeded",
    "recipients": 1,
}
DATA: dict[str, Any] = {
    "users": [
        {"id": USER, "email": "grace@people.example", "name": "Grace", "email_verified_at": AT, "created_at": AT}
    ],
    "profiles": [IDENTITY | {"name": "Grace", "version": 1, "created_at": AT, "updated_at": AT}],
    "preferences": [{"user_id": USER, "kinds": [], "version": 1}],
    "subscriptions": [
        IDENTITY
        | PAID
        | {
            "interval": "month",
            "seats": 2,
            "state": "active",
            "next_due_on": "2026-11-01",
            "started_at": AT,
            "version": 1,
        }
    ],
    "runs": [RUN],
    "invoices": [IDENTITY | PAID | INVOICE | {"lines": [LINE], "issued_at": AT}],
    "announcements": [ANNOUNCEMENT | {"created_by": USER, "created_at": AT, "finished_at": AT}],
}


@pytest.fixture
async def development(settings: Settings) -> Any:
    async with serving(settings.model_copy(update={"environment": "development"})) as api:
        yield api


async def store(api: Api, data: dict[str, Any] = DATA) -> None:
    answer = await api.post("/demo-data", data)
    assert answer.status_code == 204, answer.text


async def test_it_is_stored_once_and_without_events(development: Api, sql: Sql) -> None:
    before = (await development.get("/demo-data")).json()
    assert before == {"made": False, "accounts": []}
    for _ in range(2):
        await store(development)
    assert (await development.get("/demo-data")).json()["made"] is True
    assert await sql.fetchval("SELECT created_at FROM users") == await sql.fetchval("SELECT $1::text::timestamptz", AT)
    for table in TABLES:
        assert await sql.fetchval(f"SELECT count(*) FROM {table}") == 1, table
    assert await sql.fetchval("SELECT count(*) FROM outbox") == 0


async def test_an_invoice_gets_the_next_number_of_its_year(development: Api, sql: Sql) -> None:
    await sql.execute("INSERT INTO invoice_counters VALUES (2026, 41)")
    await store(development)
    invoice = (await development.get(f"/invoices/{OTHER}")).json()
    assert (invoice["number"], invoice["lines"]) == ("2026-000042", [LINE])
    assert await sql.fetchval("SELECT last FROM invoice_counters WHERE year = 2026") == 42


async def test_who_has_subscribed_meanwhile_keeps_that(development: Api, sql: Sql) -> None:
    own = await development.subscription(seats=7)
    taken = {**DATA["subscriptions"][0], "user_id": own["user_id"]}
    await store(development, {**DATA, "subscriptions": [taken]})
    assert await sql.fetchval("SELECT seats FROM subscriptions") == 7
    assert await sql.fetchval("SELECT count(*) FROM invoices") == 0


MADE_USER = f"01998a6c-3d10-7a4b-8c1e-0001{MADE_UP}"
MADE_OTHER = f"01998a6c-3d10-7a4b-8c1e-0002{MADE_UP}"
TABLES = (
    "users",
    "profiles",
    "notification_preferences",
    "subscriptions",
    "billing_runs",
    "tasks",
    "invoices",
    "invoice_lines",
    "announcements",
)


def made_up() -> dict[str, Any]:
    """`DATA` with the ids of made-up data."""
    text = orjson.dumps(DATA).decode().replace(USER, MADE_USER).replace(OTHER, MADE_OTHER)
    return orjson.loads(text)


async def counts(sql: Sql) -> list[int]:
    return [await sql.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES]


async def test_it_is_removed_alone(development: Api, sql: Sql) -> None:
    own = await development.subscription()
    preferences = "INSERT INTO notification_preferences (user_id, kinds, version) VALUES ($1::text::uuid, '[]', 1)"
    await sql.execute(preferences, own["user_id"])
    before = await counts(sql)
    await store(development, made_up())
    assert [after - count for after, count in zip(await counts(sql), before, strict=True)] == [1] * len(TABLES)
    for _ in range(2):
        assert (await development.delete("/demo-data")).status_code == 204
        assert await counts(sql) == before
    state = (await development.get("/demo-data")).json()
    assert (state["made"], [account["id"] for account in state["accounts"]]) == (False, [own["user_id"]])
    assert (await development.get(f"/invoices/{MADE_OTHER}")).status_code == 404


async def test_later_invoices_of_its_subscriptions_go_with_it_and_own_choices_stay(development: Api, sql: Sql) -> None:
    user = await development.user()
    data = made_up()
    data["subscriptions"][0]["user_id"] = user
    data["invoices"] = []
    data["preferences"] = [{"user_id": user, "kinds": [], "version": 1}]
    await store(development, data)
    await sql.execute("UPDATE notification_preferences SET version = 2")
    await development.delete("/demo-data")
    assert await sql.fetchval("SELECT count(*) FROM subscriptions") == 0
    assert await sql.fetchval("SELECT version FROM notification_preferences") == 2
    assert await sql.fetchval("SELECT id FROM users") == await sql.fetchval("SELECT $1::text::uuid", user)


async def test_in_production_there_is_nothing_here(api: Api, sql: Sql) -> None:
    assert (await api.get("/demo-data")).status_code == 404
    assert (await api.post("/demo-data", DATA)).status_code == 404
    assert (await api.delete("/demo-data")).status_code == 404
    assert await sql.fetchval("SELECT count(*) FROM users") == 0
