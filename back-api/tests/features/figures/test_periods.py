"""Days and months fold as on a calendar, and no currency into another."""

from datetime import date
from importlib import import_module
from typing import Any

from shared.models.figures import DayCount, DayRevenue

periods: Any = import_module("features.figures.periods")
LAST = date(2026, 3, 1)


def sold(day: str, currency: str, amount_minor: int) -> DayRevenue:
    return DayRevenue(day=date.fromisoformat(day), currency=currency, amount_minor=amount_minor, invoices=1)


def test_a_week_has_seven_days_and_another_seven_before_them() -> None:
    days = periods.Days(LAST, 7)
    assert (days.first_before, days.first, len(days.all())) == (date(2026, 2, 16), date(2026, 2, 23), 7)


def test_days_without_anything_are_zero_and_those_outside_count_nowhere() -> None:
    days = periods.Days(LAST, 7)
    counted = [
        ("2026-02-15", 9),
        ("2026-02-16", 1),
        ("2026-02-22", 2),
        ("2026-02-23", 4),
        ("2026-03-01", 8),
        ("2026-03-02", 16),
    ]
    figure = periods.daily([DayCount(day=date.fromisoformat(day), count=count) for day, count in counted], days)
    assert (figure.total, figure.before) == (12, 3)
    assert [each.count for each in figure.days] == [4, 0, 0, 0, 0, 0, 8]


def test_months_go_over_the_turn_of_the_year() -> None:
    assert periods.months_until(LAST) == ["2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]
    assert periods.first_needed(periods.Days(LAST, 7)) == date(2025, 10, 1)
    assert periods.first_needed(periods.Days(LAST, 90)) == date(2025, 9, 3)


def test_currencies_are_kept_apart() -> None:
    rows = [
        sold("2026-02-01", "USD", 5),
        sold("2026-02-28", "EUR", 7),
        sold("2026-02-27", "EUR", 1),
        sold("2025-09-30", "EUR", 99),
    ]
    found = periods.revenue(rows, periods.Days(LAST, 7))
    assert [(t.currency, t.amount_minor, t.before_minor) for t in found.totals] == [("EUR", 8, 0), ("USD", 0, 0)]
    assert [(m.month, m.currency, m.amount_minor, m.invoices) for m in found.months] == [
        ("2026-02", "EUR", 8, 2),
        ("2026-02", "USD", 5, 1),
    ]
