"""Subscriptions, billing runs and invoices."""

from itertools import count

from tests.pacts.states.people import administrator, person
from tests.pacts.states.providers import Providers, Values, state

NEW = {
    "plan": "pro",
    "interval": "month",
    "currency": "EUR",
    "seats": 2,
    "next_due_on": "2026-11-23",
    "started_at": "2026-11-23T12:00:00Z",
}
WORKER = {"worker": "pacts"}
_months = count()


def month() -> str:
    """One of the past that nothing else has used."""
    year, number = divmod(next(_months), 12)
    return f"20{year:02d}-{number + 1:02d}"


@state("a subscriber")
async def subscriber(providers: Providers) -> Values:
    values = await person(providers)
    await providers.ask("back-postgres", "POST", f"/internal/subscriptions/{values['user_id']}", NEW)
    return values


@state("a subscriber whose subscription changed meanwhile")
async def changed_subscriber(providers: Providers) -> Values:
    """Its version is no longer 1."""
    values = await subscriber(providers)
    change = {**NEW, "seats": 5, "state": "active", "version": 1, "event": "changed"}
    await providers.ask("back-postgres", "PUT", f"/internal/subscriptions/{values['user_id']}", change)
    return values


@state("a person whose subscription is canceled")
async def former_subscriber(providers: Providers) -> Values:
    values = await subscriber(providers)
    ended = {"state": "canceled", "canceled_at": NEW["started_at"], "next_due_on": None}
    change = {**NEW, **ended, "version": 1, "event": "canceled"}
    await providers.ask("back-postgres", "PUT", f"/internal/subscriptions/{values['user_id']}", change)
    return values


@state("a month that nobody bills")
async def free_month(providers: Providers) -> Values:
    return {"user_id": (await person(providers))["user_id"], "period": month()}


@state("a billing run")
async def billing_run(providers: Providers) -> Values:
    """Waits for a worker."""
    return await _start(providers, month())


@state("two billing runs")
async def two_billing_runs(providers: Providers) -> Values:
    await billing_run(providers)
    return await billing_run(providers)


@state("a billing run that a worker holds, and a subscriber who is due")
async def leased_run(providers: Providers) -> Values:
    await subscriber(providers)
    values = await billing_run(providers)
    await providers.ask("back-postgres", "POST", f"/internal/billing-runs/{values['run_id']}/lease", WORKER)
    return values


@state("a person with an invoice")
async def invoiced(providers: Providers) -> Values:
    values = await subscriber(providers)
    run = await _start(providers, "2026-11")
    path = f"/internal/billing-runs/{run['run_id']}"
    await providers.ask("back-postgres", "POST", f"{path}/lease", WORKER)
    chunk = {**WORKER, "period": run["period"]}
    await providers.ask("back-api", "POST", f"/internal/billing/runs/{run['run_id']}/chunks", chunk)
    await providers.ask("back-postgres", "POST", f"{path}/finish", WORKER)
    invoices = await providers.ask("back-postgres", "GET", f"/internal/invoices?user_id={values['user_id']}")
    return {**values, "invoice_id": invoices["items"][0]["id"]}


@state("an administrator who looks at a person with an invoice")
async def invoiced_and_looked_at(providers: Providers) -> Values:
    """The ids are the person's, the token is the administrator's."""
    token = (await administrator(providers))["access_token"]
    return {**await invoiced(providers), "access_token": token}


async def _start(providers: Providers, period: str) -> Values:
    user_id = (await person(providers))["user_id"]
    start = {"period": period, "dry_run": False, "due_before": "2026-12-01", "requested_by": user_id}
    run = await providers.ask("back-postgres", "POST", "/internal/billing-runs", start)
    return {"user_id": user_id, "period": period, "run_id": run["id"], "task_id": run["task_id"]}
