"""Figures: counted by day in UTC, from a day on, each currency by itself; failed runs until a later one made them good."""

from typing import Any

import pytest

from tests.client import Api, Sql
from tests.test_billing import draft, leased, write

pytestmark = pytest.mark.integration
LONG_AGO = "2020-01-01"


async def figures(api: Api, since: str = LONG_AGO) -> dict[str, Any]:
    answer = await api.get(f"/figures/accounts?since={since}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def registered(sql: Sql, at: str, number: int) -> None:
    """An account that was made `at` a moment of the past, as its id says."""
    await sql.execute(
        "INSERT INTO users (id, email, created_at) SELECT uuidv7(at - now()), $2 || '@example.com', at"
        " FROM (SELECT $1::text::timestamptz AS at) AS moment",
        at, f"past-{number}",
    )  # fmt: skip


async def test_sign_ups_are_counted_by_day_in_utc(api: Api, sql: Sql) -> None:
    for number, at in enumerate(("2026-01-31T23:30:00-02:00", "2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z")):
        await registered(sql, at, number)
    counts = {"2026-01-31": 1, "2026-02-01": 2}
    assert {each["day"]: each["count"] for each in (await figures(api))["sign_ups"]} == counts
    assert [each["day"] for each in (await figures(api, "2026-02-01"))["sign_ups"]] == ["2026-02-01"]
    assert (await figures(api, "2026-02-02"))["sign_ups"] == []


async def test_invoices_are_added_up_by_currency(api: Api, sql: Sql) -> None:
    subscriptions = [await api.subscription(currency=currency) for currency in ("EUR", "EUR", "USD")]
    await sql.execute("UPDATE subscriptions SET next_due_on = '2026-11-30'")
    run = await leased(api)
    await write(api, run, [draft(subscription) for subscription in subscriptions])
    found = (await figures(api))["revenue"]
    assert [(each["currency"], each["amount_minor"], each["invoices"]) for each in found] == [
        ("EUR", 2400, 2),
        ("USD", 1200, 1),
    ]


async def test_a_failed_run_counts_until_a_later_one_succeeded(api: Api) -> None:
    failed = await leased(api)
    finish = {"worker": "w1", "error": "No prices."}
    assert (await api.post(f"/billing-runs/{failed['id']}/finish", finish)).status_code == 200
    dry = await leased(api, dry_run=True)
    await api.post(f"/billing-runs/{dry['id']}/finish", {"worker": "w1", "error": None})
    assert [run["id"] for run in (await figures(api))["failed_runs"]] == [failed["id"]]
    again = await leased(api)
    await api.post(f"/billing-runs/{again['id']}/finish", {"worker": "w1", "error": None})
    assert (await figures(api))["failed_runs"] == []


async def test_what_waits_in_the_outbox_is_counted(api: Api) -> None:
    await api.user()
    assert (await figures(api))["outbox"]["pending"] == 1


@pytest.mark.parametrize("since", ["", "yesterday", "2026-02-30", "0000-01-01"])
async def test_a_day_that_is_none_is_refused(api: Api, since: str) -> None:
    assert (await api.get(f"/figures/accounts?since={since}")).status_code == 422


@pytest.mark.parametrize("since", ["0001-01-01", "9999-12-31"])
async def test_any_day_is_one(api: Api, since: str) -> None:
    assert (await figures(api, since))["revenue"] == []
