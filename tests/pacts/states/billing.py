"""Subscriptions, billing runs and invoices."""

from datetime import UTC, datetime
from itertools import count

from tests.pacts.states.people import person
from tests.pacts.states.world import Values, World, state

TERMS = {"plan": "pro", "interval": "month", "currency": "EUR", "seats": 2}
WORKER = {"worker": "pacts"}
_months = count()


def month() -> str:
    """One of the past that nothing else has used."""
    year, number = divmod(next(_months), 12)
    return f"20{year:02d}-{number + 1:02d}"


@state("a subscriber")
async def subscriber(world: World) -> Values:
    values = await person(world)
    await world.ask("back-postgres", "POST", f"/internal/subscriptions/{values['user_id']}", TERMS)
    return values


@state("a subscriber whose subscription changed meanwhile")
async def changed_subscriber(world: World) -> Values:
    """Its version is no longer 1."""
    values = await subscriber(world)
    change = {"changes": {"seats": 5}, "version": 1}
    await world.ask("back-postgres", "PATCH", f"/internal/subscriptions/{values['user_id']}", change)
    return values


@state("a person whose subscription is canceled")
async def former_subscriber(world: World) -> Values:
    values = await subscriber(world)
    await world.ask("back-postgres", "DELETE", f"/internal/subscriptions/{values['user_id']}?version=1")
    return values


@state("a month that nobody bills")
async def free_month(world: World) -> Values:
    return {"user_id": (await person(world))["user_id"], "period": month()}


@state("a billing run")
async def billing_run(world: World) -> Values:
    """Waits for a worker."""
    return await _start(world, month())


@state("two billing runs")
async def two_billing_runs(world: World) -> Values:
    await billing_run(world)
    return await billing_run(world)


@state("a person with an invoice")
async def invoiced(world: World) -> Values:
    values = await subscriber(world)
    subscription = await world.ask("back-postgres", "GET", f"/internal/subscriptions/{values['user_id']}")
    run = await _start(world, f"{datetime.now(UTC):%Y-%m}")
    path, wanted = f"/internal/billing-runs/{run['run_id']}", {"period": run["period"], "subscriptions": [subscription]}
    drafts = await world.ask("back-api", "POST", "/internal/billing/prices", wanted)
    for step, body in (("lease", {}), ("invoices", {"invoices": drafts["items"]}), ("finish", {})):
        await world.ask("back-postgres", "POST", f"{path}/{step}", {**WORKER, **body})
    invoices = await world.ask("back-postgres", "GET", f"/internal/invoices?user_id={values['user_id']}")
    return {**values, "invoice_id": invoices["items"][0]["id"]}


async def _start(world: World, period: str) -> Values:
    user_id = (await person(world))["user_id"]
    start = {"period": period, "dry_run": False, "requested_by": user_id}
    run = await world.ask("back-postgres", "POST", "/internal/billing-runs", start)
    return {"user_id": user_id, "period": period, "run_id": run["id"], "task_id": run["task_id"]}
