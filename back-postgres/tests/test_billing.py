"""Billing runs: one active a period, one invoice a subscription and period, whatever happens."""

import asyncio
from typing import Any

import pytest

from tests.client import Api, Sql

pytestmark = pytest.mark.integration
PERIOD = "2026-11"
START = {"period": PERIOD, "due_before": "2026-12-01"}


@pytest.fixture(autouse=True)
async def subscribers(api: Api, sql: Sql) -> list[dict[str, Any]]:
    """Three who owe the period, one who owes later, one for whom it is free, one who left."""
    due = [
        await api.subscription(seats=seats, currency=currency)
        for seats, currency in ((1, "EUR"), (2, "EUR"), (1, "USD"))
    ]
    later = await api.subscription()
    left = await api.subscription()
    await api.subscription(plan="free")
    await sql.execute("UPDATE subscriptions SET next_due_on = '2026-11-30'")
    await sql.execute("UPDATE subscriptions SET next_due_on = '2026-12-01' WHERE id = $1", later["id"])
    await sql.execute("UPDATE subscriptions SET next_due_on = NULL WHERE plan = 'free'")
    assert (await api.cancel(left)).status_code == 200
    await api.events()
    return due


def draft(subscription: dict[str, Any], **fields: Any) -> dict[str, Any]:
    unit = 1200
    seats = subscription["seats"]
    line = {"description": "Pro", "quantity": seats, "unit_amount_minor": unit, "amount_minor": unit * seats}
    return {
        "subscription_id": subscription["id"],
        "user_id": subscription["user_id"],
        "period": PERIOD,
        "plan": subscription["plan"],
        "currency": subscription["currency"],
        "amount_minor": unit * seats,
        "lines": [line],
        "next_due_on": "2026-12-30",
    } | fields


async def leased(api: Api, worker: str = "w1", **fields: Any) -> dict[str, Any]:
    """A new run that `worker` holds."""
    run = await api.run(**fields)
    answer = await api.post(f"/billing-runs/{run['id']}/lease", {"worker": worker, "seconds": 30})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def due(api: Api, run: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    return (await api.get(f"/billing-runs/{run['id']}/due?before=2026-12-01&{query}")).json()["items"]


async def published_invoices(api: Api) -> list[dict[str, Any]]:
    """Those of all new events; besides them only the run's start is published."""
    events = await api.events()
    assert {kind for kind, _ in events} <= {"invoice.issued", "billing_run.started"}
    return [data["invoice"] for kind, data in events if kind == "invoice.issued"]


def batch(drafts: list[dict[str, Any]], worker: str = "w1") -> dict[str, Any]:
    return {"worker": worker, "due_before": "2026-12-01", "year": 2026, "invoices": drafts}


async def write(api: Api, run: dict[str, Any], drafts: list[dict[str, Any]], worker: str = "w1") -> dict[str, Any]:
    answer = await api.post(f"/billing-runs/{run['id']}/invoices", batch(drafts, worker))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_run_invoices_everybody_who_owes_the_period(api: Api, subscribers: list[dict[str, Any]]) -> None:
    run = await leased(api, requested_by=subscribers[0]["user_id"])
    assert (run["due"], run["state"]) == (3, "running")
    first = await due(api, run, "limit=2")
    assert [each["id"] for each in first] == [each["id"] for each in subscribers[:2]]
    run = await write(api, run, [draft(each) for each in first])
    assert (await api.get(f"/tasks/{run['task_id']}")).json()["progress"] == pytest.approx(2 / 3)
    rest = await due(api, run, f"after={first[-1]['id']}")
    run = await write(api, run, [draft(each) for each in rest])
    assert (run["processed"], run["invoices"], run["total_minor"]) == (3, 3, {"EUR": 3600, "USD": 1200})
    done = (await api.post(f"/billing-runs/{run['id']}/finish", {"worker": "w1"})).json()
    assert (done["state"], done["finished_at"] is not None) == ("succeeded", True)
    task = (await api.get(f"/tasks/{run['task_id']}")).json()
    assert (task["state"], task["progress"], task["created_by"]) == ("succeeded", 1, subscribers[0]["user_id"])
    assert task["result"]["invoices"] == 3
    assert await due(api, run) == []


async def test_each_invoice_leaves_with_its_number_lines_and_event(api: Api, subscribers: list[dict[str, Any]]) -> None:
    run = await leased(api)
    await write(api, run, [draft(each) for each in subscribers])
    invoices = (await api.get("/invoices")).json()["items"]
    assert sorted(each["number"][4:] for each in invoices) == ["-000001", "-000002", "-000003"]
    issued = await published_invoices(api)
    assert len(issued) == 3
    known = sorted(issued, key=lambda each: each["id"], reverse=True)
    assert [{name: each[name] for name in known[0]} for each in invoices] == known
    mine = subscribers[1]
    (invoice,) = (await api.get(f"/invoices?user_id={mine['user_id']}")).json()["items"]
    assert invoice["lines"] == [{"description": "Pro", "quantity": 2, "unit_amount_minor": 1200, "amount_minor": 2400}]
    assert (await api.get(f"/invoices/{invoice['id']}?user_id={mine['user_id']}")).json() == invoice
    assert invoice["email"].endswith("@example.com")
    of_run = (await api.get(f"/invoices?run_id={invoice['run_id']}&count=true&limit=2")).json()
    assert (len(of_run["items"]), of_run["total"], of_run["more"]) == (2, 3, False)
    rest = (await api.get(f"/invoices?run_id={invoice['run_id']}&cursor={of_run['next_cursor']}")).json()
    assert [each["id"] for each in of_run["items"] + rest["items"]] == [each["id"] for each in invoices]
    assert (await api.get(f"/invoices?run_id={invoice['id']}")).json()["items"] == []
    assert (await api.get("/invoices?run_id=nope")).status_code == 422
    assert (await api.get(f"/invoices/{invoice['id']}?user_id={subscribers[0]['user_id']}")).status_code == 404
    stored = (await api.get(f"/subscriptions/{mine['user_id']}")).json()
    assert (stored["next_due_on"], stored["version"]) == ("2026-12-30", mine["version"])


async def test_the_same_chunk_twice_and_at_once_counts_once(api: Api, subscribers: list[dict[str, Any]]) -> None:
    run = await leased(api)
    chunk = [draft(each) for each in subscribers]
    await asyncio.gather(*(write(api, run, chunk) for _ in range(4)), write(api, run, chunk[::-1] + chunk))
    run = (await api.get(f"/billing-runs/{run['id']}")).json()
    assert (run["processed"], run["invoices"], run["total_minor"]) == (3, 3, {"EUR": 3600, "USD": 1200})
    assert len(await published_invoices(api)) == 3


async def test_numbers_have_no_gaps_over_runs_and_refusals(
    api: Api, sql: Sql, subscribers: list[dict[str, Any]]
) -> None:
    run = await leased(api)
    await write(api, run, [draft(subscribers[0])])
    await write(api, run, [draft(subscribers[0]), draft(subscribers[1])])
    line = {**draft(subscribers[2])["lines"][0], "quantity": 2**40}
    broken = batch([draft(subscribers[2], lines=[line])])
    assert (await api.post(f"/billing-runs/{run['id']}/invoices", broken)).status_code == 422
    await write(api, run, [draft(subscribers[2])])
    assert [row["number"][-1] for row in await sql.fetch("SELECT number FROM invoices ORDER BY number")] == [
        "1",
        "2",
        "3",
    ]


async def test_what_changed_since_it_was_priced_is_left_out(api: Api, subscribers: list[dict[str, Any]]) -> None:
    run = await leased(api)
    chunk = [draft(each) for each in subscribers]
    await api.cancel(subscribers[0])
    await api.change(subscribers[1], plan="free", next_due_on=None)
    foreign = draft(subscribers[2], user_id=subscribers[0]["user_id"])
    assert (await write(api, run, [*chunk[:2], foreign]))["invoices"] == 0
    assert (await write(api, run, chunk))["invoices"] == 1


async def test_one_active_run_a_period(api: Api) -> None:
    answers = await asyncio.gather(*(api.post("/billing-runs", START) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert (await api.post("/billing-runs", START | {"dry_run": True})).status_code == 201
    assert (await api.post("/billing-runs", START | {"period": "2026-12"})).status_code == 201


async def test_a_finished_run_lets_another_find_what_is_left(api: Api, subscribers: list[dict[str, Any]]) -> None:
    run = await leased(api)
    await write(api, run, [draft(subscribers[0])])
    failed = await api.post(f"/billing-runs/{run['id']}/finish", {"worker": "w1", "error": "no price"})
    assert (failed.json()["state"], failed.json()["error"]) == ("failed", "no price")
    again = await leased(api)
    assert again["due"] == 2
    assert [each["id"] for each in await due(api, again)] == [each["id"] for each in subscribers[1:]]
    listed = (await api.get("/billing-runs?limit=1")).json()
    assert (listed["items"][0]["id"], listed["next_cursor"] is not None) == (again["id"], True)


async def test_a_lease_keeps_others_out_until_it_runs_out(
    api: Api, sql: Sql, subscribers: list[dict[str, Any]]
) -> None:
    run = await leased(api)
    path = f"/billing-runs/{run['id']}"
    other = {"worker": "w2", "seconds": 30}
    assert (await api.post(f"{path}/lease", other)).status_code == 409
    assert (await api.post(f"{path}/lease", {"worker": "w1"})).status_code == 200
    assert (await api.post("/billing-runs/expired-leases")).json()["items"] == []
    await sql.execute("UPDATE billing_runs SET lease_until = now() - interval '1 s'")
    assert [each["id"] for each in (await api.post("/billing-runs/expired-leases")).json()["items"]] == [run["id"]]
    assert (await api.post(f"{path}/lease", other)).status_code == 200
    late = await api.post(f"{path}/invoices", batch([draft(subscribers[0])]))
    assert late.status_code == 409
    assert (await api.post(f"{path}/finish", {"worker": "w1"})).status_code == 409
    assert (await write(api, run, [draft(subscribers[0])], worker="w2"))["invoices"] == 1
    for _ in range(2):
        assert (await api.post(f"{path}/finish", {"worker": "w2"})).status_code == 200
    assert (await api.post(f"{path}/lease", other)).status_code == 409


async def test_two_workers_at_once_one_gets_the_lease(api: Api) -> None:
    run = await api.run()
    leases = (api.post(f"/billing-runs/{run['id']}/lease", {"worker": f"w{n}"}) for n in range(5))
    assert sorted(answer.status_code for answer in await asyncio.gather(*leases)) == [200, 409, 409, 409, 409]


async def test_a_run_that_nobody_picks_up_counts_as_abandoned(api: Api, sql: Sql) -> None:
    run = await api.run()
    assert (await api.post("/billing-runs/expired-leases")).json()["items"] == []
    await sql.execute("UPDATE billing_runs SET lease_until = lease_until - interval '11 s'")
    assert [each["id"] for each in (await api.post("/billing-runs/expired-leases")).json()["items"]] == [run["id"]]


async def test_a_dry_run_counts_without_writing(api: Api, subscribers: list[dict[str, Any]]) -> None:
    run = await leased(api, dry_run=True)
    chunk = [draft(each) for each in subscribers]
    await write(api, run, chunk[:2])
    run = await write(api, run, chunk)
    assert (run["processed"], run["invoices"], run["total_minor"]) == (3, 3, {"EUR": 3600, "USD": 1200})
    assert (await api.get("/invoices")).json()["items"] == []
    assert await published_invoices(api) == []


@pytest.mark.parametrize(
    "fields",
    [{"period": "2026-12"}, {"subscription_id": "x"}, {"user_id": "x"}, {"amount_minor": -1}, {"amount_minor": 2**70}],
)
async def test_a_draft_that_does_not_fit_is_refused(
    api: Api, subscribers: list[dict[str, Any]], fields: dict[str, Any]
) -> None:
    run = await leased(api)
    body = batch([draft(subscribers[0], **fields)])
    assert (await api.post(f"/billing-runs/{run['id']}/invoices", body)).status_code == 422


@pytest.mark.parametrize(
    "body",
    [START | {"period": "2026-13"}, START | {"requested_by": "x"}, {}, START | {"x": 1}, {"period": PERIOD}],
)
async def test_a_run_that_does_not_fit_is_refused(api: Api, body: dict[str, Any]) -> None:
    assert (await api.post("/billing-runs", body)).status_code == 422


async def test_who_starts_a_run_is_published_with_it(api: Api, subscribers: list[dict[str, Any]]) -> None:
    boss = subscribers[0]["user_id"]
    run = await api.run(requested_by=boss)
    await api.run(period="2026-10", requested_by=None)
    assert (await api.post("/billing-runs", START)).status_code == 409
    published = [data["run"] for kind, data in await api.events() if kind == "billing_run.started"]
    assert [each["requested_by"] for each in published] == [boss, None]
    assert published[0]["id"] == run["id"]
