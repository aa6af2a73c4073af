"""The life of a subscription: pure rules."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from features.billing.domain.subscription import Subscription, next_due_on

from shared.models.billing import SubscriptionCreate, SubscriptionUpdate, day_after

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)
STARTED = datetime(2026, 1, 31, 9, tzinfo=UTC)


def subscription(**changes: Any) -> Subscription:
    fields = {
        "id": "s1", "user_id": "ann", "plan": "pro", "interval": "month", "currency": "EUR", "seats": 2,
        "state": "active", "next_due_on": date(2026, 11, 30), "started_at": STARTED, "version": 4,
    }  # fmt: skip
    return Subscription.model_validate(fields | changes)


def test_a_plan_that_costs_is_due_today_and_a_free_one_never() -> None:
    assert Subscription.chosen(SubscriptionCreate(plan="pro"), NOW).next_due_on == TODAY
    assert Subscription.chosen(SubscriptionCreate(plan="free"), NOW).next_due_on is None
    assert Subscription.chosen(SubscriptionCreate(plan="pro"), NOW).started_at == NOW


def test_terms_change_without_moving_what_is_due() -> None:
    changed = subscription().changed(SubscriptionUpdate(seats=5, interval="year"), NOW)
    assert (changed.seats, changed.interval, changed.plan, changed.version) == (5, "year", "pro", 4)
    assert (changed.next_due_on, changed.started_at, changed.event) == (date(2026, 11, 30), STARTED, "changed")


def test_what_was_free_and_costs_now_begins_its_anniversary_today() -> None:
    free = subscription(plan="free", next_due_on=None)
    changed = free.changed(SubscriptionUpdate(plan="pro"), NOW)
    assert (changed.next_due_on, changed.started_at) == (TODAY, NOW)


def test_what_becomes_free_is_due_no_more() -> None:
    changed = subscription().changed(SubscriptionUpdate(plan="free"), NOW)
    assert (changed.next_due_on, changed.started_at) == (None, STARTED)


def test_a_canceled_one_is_due_no_more() -> None:
    canceled = subscription().canceled(NOW)
    assert (canceled.state, canceled.canceled_at, canceled.next_due_on) == ("canceled", NOW, None)
    assert (canceled.event, canceled.version) == ("canceled", 4)


def test_a_canceled_one_that_is_chosen_again_begins_anew() -> None:
    canceled = subscription(state="canceled", canceled_at=NOW, next_due_on=None)
    again = canceled.chosen_again(SubscriptionCreate(plan="pro"), NOW)
    assert (again.state, again.canceled_at, again.seats, again.event) == ("active", None, 1, "created")
    assert (again.next_due_on, again.started_at, again.version) == (TODAY, NOW, 4)


@pytest.mark.parametrize(
    ("changes", "is_due"),
    [
        ({}, True),
        ({"next_due_on": date(2026, 12, 1)}, False),
        ({"next_due_on": date(2026, 9, 30)}, True),
        ({"next_due_on": None}, False),
        ({"state": "canceled"}, False),
    ],
)
def test_it_is_due_when_an_unpaid_period_begins_before_the_day(changes: dict[str, Any], is_due: bool) -> None:
    assert subscription(**changes).is_due(date(2026, 12, 1)) is is_due


@pytest.mark.parametrize(("period", "day"), [("2026-11", date(2026, 12, 1)), ("2026-12", date(2027, 1, 1))])
def test_a_run_bills_what_is_due_before_the_day_after_its_period(period: str, day: date) -> None:
    assert day_after(period) == day


def test_the_next_period_ends_on_the_anniversary() -> None:
    assert subscription().next_period() == (date(2026, 11, 30), date(2026, 12, 31))
    assert subscription(interval="year").next_period() == (date(2026, 11, 30), date(2027, 11, 30))


@pytest.mark.parametrize(
    ("due", "anchor", "months", "next_one"),
    [
        ("2026-11-15", 15, 1, "2026-12-15"),
        ("2026-12-15", 15, 1, "2027-01-15"),
        ("2026-01-31", 31, 1, "2026-02-28"),
        ("2026-02-28", 31, 1, "2026-03-31"),
        ("2028-01-30", 30, 1, "2028-02-29"),
        ("2026-04-30", 31, 1, "2026-05-31"),
        ("2026-11-15", 15, 12, "2027-11-15"),
        ("2024-02-29", 29, 12, "2025-02-28"),
        ("2027-02-28", 29, 12, "2028-02-29"),
    ],
)
def test_the_next_due_date_is_the_anniversary_or_the_month_s_last_day(
    due: str, anchor: int, months: int, next_one: str
) -> None:
    assert next_due_on(date.fromisoformat(due), anchor, months) == date.fromisoformat(next_one)


def test_twelve_months_from_the_31st_come_back_to_the_31st() -> None:
    due = date(2026, 1, 31)
    for _ in range(12):
        due = next_due_on(due, 31, 1)
    assert due == date(2027, 1, 31)
