from datetime import date
from typing import Any

import pytest
from features.billing.domain.plans import PriceList
from features.billing.domain.pricing import draft
from features.billing.domain.subscription import Subscription, next_due_on

from shared.models.billing import Plan
from shared.utils.errors import Invalid

PRO = Plan.model_validate(
    {
        "id": "pro", "name": "Pro", "description": "", "features": [],
        "prices": [
            {"interval": "month", "currency": "EUR", "amount_minor": 1200},
            {"interval": "year", "currency": "EUR", "amount_minor": 12000},
        ],
    }
)  # fmt: skip
PRICES = PriceList([PRO])


def subscription(**changes: Any) -> Subscription:
    fields = {
        "id": "s1", "user_id": "ann", "plan": "pro", "interval": "month", "currency": "EUR", "seats": 1,
        "state": "active", "next_due_on": "2026-11-15", "started_at": "2026-01-15T09:00:00Z", "version": 1,
    }  # fmt: skip
    return Subscription.model_validate(fields | changes)


def test_an_invoice_is_seats_times_the_price_of_a_seat() -> None:
    invoice = draft(subscription(seats=3), "2026-11", PRICES)
    assert (invoice.amount_minor, invoice.currency, invoice.next_due_on) == (3600, "EUR", date(2026, 12, 15))
    line = invoice.lines[0]
    assert (line.quantity, line.unit_amount_minor, line.amount_minor) == (3, 1200, 3600)
    assert line.description == "Pro from 2026-11-15 until 2026-12-15"


def test_pricing_again_gives_the_same() -> None:
    assert draft(subscription(), "2026-11", PRICES) == draft(subscription(), "2026-11", PRICES)


def test_a_year_is_paid_at_once() -> None:
    invoice = draft(subscription(interval="year"), "2026-11", PRICES)
    assert (invoice.amount_minor, invoice.next_due_on) == (12000, date(2027, 11, 15))


def test_a_missed_period_is_billed_later_not_skipped() -> None:
    late = draft(subscription(next_due_on="2026-09-15"), "2026-11", PRICES)
    assert (late.period, late.next_due_on) == ("2026-11", date(2026, 10, 15))


@pytest.mark.parametrize("wrong", [{"currency": "USD"}, {"plan": "free"}, {"seats": 0}, {"next_due_on": "9999-12-15"}])
def test_what_cannot_be_priced_is_named(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        draft(subscription(**wrong), "2026-11", PRICES)


def test_a_subscription_that_was_never_billed_is_billed_from_its_start() -> None:
    invoice = draft(subscription(next_due_on=None, started_at="2026-01-31T09:00:00Z"), "2026-02", PRICES)
    assert invoice.lines[0].description == "Pro from 2026-01-31 until 2026-02-28"
    assert invoice.next_due_on == date(2026, 2, 28)


@pytest.mark.parametrize(("year", "is_refused"), [(9998, False), (9999, True)])
def test_a_due_date_beyond_the_calendar_is_refused(year: int, is_refused: bool) -> None:
    if is_refused:
        with pytest.raises(Invalid):
            next_due_on(date(year, 1, 31), 31, 12)
    else:
        assert next_due_on(date(year, 1, 31), 31, 12) == date(year + 1, 1, 31)
