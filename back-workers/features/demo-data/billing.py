"""Three months of billing runs and their invoices; one run failed and was started again."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from shared.models.billing import FREE, BillingRun, InvoiceLine, Subscription, day_after
from shared.models.demo_data import DemoInvoice

from .chance import Chance

MONTHS = 3
PRICES = {("month", "EUR"): 1200, ("year", "EUR"): 12_000, ("month", "USD"): 1400, ("year", "USD"): 14_000}
"""Of a seat of Pro in minor units."""
RUN_AT = timedelta(hours=2)
FAILURE = "back-postgres did not answer."


def make_billing(
    chance: Chance, subscriptions: Sequence[Subscription]
) -> tuple[list[Subscription], list[BillingRun], list[DemoInvoice]]:
    """The subscriptions with the day on which they are due next, the runs and the invoices, by time."""
    runs: list[BillingRun] = []
    invoices: list[DemoInvoice] = []
    paid_until: dict[str, date] = {}
    for number, period in enumerate(periods(chance.now)):
        at = min(datetime.fromisoformat(f"{period}-01").replace(tzinfo=UTC) + RUN_AT, chance.now - timedelta(minutes=5))
        due = [each for each in subscriptions if is_due(each, at, paid_until.get(each.id))]
        if number == 1:
            runs.append(make_run(chance, period, at - timedelta(minutes=20), [], len(due), FAILURE))
        run_id = chance.id_at(at)
        issued = [
            make_invoice(chance, each, period, at + timedelta(seconds=place), run_id) for place, each in enumerate(due)
        ]
        runs.append(make_run(chance, period, at, issued, len(due)).model_copy(update={"id": run_id}))
        invoices += issued
        paid_until |= {each.id: next_due(each, period) for each in due}
    return [_with_next_due(each, paid_until.get(each.id)) for each in subscriptions], runs, invoices


def periods(now: datetime) -> list[str]:
    """The last three months with this one, oldest first."""
    months = [now.year * 12 + now.month - 1 - back for back in range(MONTHS - 1, -1, -1)]
    return [f"{month // 12}-{month % 12 + 1:02}" for month in months]


def is_due(subscription: Subscription, at: datetime, paid_until: date | None) -> bool:
    begun = subscription.plan != FREE and subscription.started_at < at
    return begun and (paid_until is None or paid_until <= at.date())


def next_due(subscription: Subscription, period: str) -> date:
    following = day_after(period)
    return following if subscription.interval == "month" else date(following.year + 1, following.month, 1)


def make_invoice(chance: Chance, subscription: Subscription, period: str, at: datetime, run_id: str) -> DemoInvoice:
    unit = PRICES[subscription.interval, subscription.currency]
    amount = unit * subscription.seats
    until = next_due(subscription, period)
    text = f"Pro from {period}-01 until {until.isoformat()}"
    line = InvoiceLine(description=text, quantity=subscription.seats, unit_amount_minor=unit, amount_minor=amount)
    same = subscription.model_dump(include={"user_id", "plan", "currency"})
    return DemoInvoice(
        id=chance.id_at(at),
        number="",
        subscription_id=subscription.id,
        run_id=run_id,
        period=period,
        amount_minor=amount,
        state="issued",
        lines=[line],
        issued_at=at,
        **same,
    )


def make_run(
    chance: Chance, period: str, at: datetime, invoices: Sequence[DemoInvoice], due: int, error: str | None = None
) -> BillingRun:
    totals: dict[str, int] = {}
    for invoice in invoices:
        totals[invoice.currency] = totals.get(invoice.currency, 0) + invoice.amount_minor
    return BillingRun(
        id=chance.id_at(at),
        task_id=chance.id_at(at),
        period=period,
        dry_run=False,
        state="failed" if error else "succeeded",
        due=due,
        processed=len(invoices),
        invoices=len(invoices),
        total_minor=totals,
        error=error,
        created_at=at,
        finished_at=at + timedelta(seconds=4),
    )


def _with_next_due(subscription: Subscription, paid_until: date | None) -> Subscription:
    if subscription.plan == FREE:
        return subscription
    return subscription.model_copy(update={"next_due_on": paid_until or subscription.started_at.date()})
