"""Days and months that figures cover, and counts folded into them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.models.figures import CurrencyRevenue, DailyFigure, DayCount, DayRevenue, MonthRevenue, Revenue, Span

DAYS: dict[Span, int] = {"7d": 7, "30d": 30, "90d": 90}
MONTHS = 6


@dataclass(frozen=True)
class Days:
    """`count` days up to and with `last`, and as many before them."""

    last: date
    count: int

    @property
    def first(self) -> date:
        return self.last - timedelta(days=self.count - 1)

    @property
    def first_before(self) -> date:
        return self.first - timedelta(days=self.count)

    def all(self) -> list[date]:
        return [self.first + timedelta(days=at) for at in range(self.count)]


def months_until(last: date) -> list[str]:
    """The last six, oldest first, as `YYYY-MM`."""
    numbers = [last.year * 12 + last.month - 1 - back for back in range(MONTHS - 1, -1, -1)]
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def first_needed(days: Days) -> date:
    """Whatever figures show lies on this day or later."""
    return min(days.first_before, date.fromisoformat(months_until(days.last)[0] + "-01"))


def daily(counts: Sequence[DayCount], days: Days) -> DailyFigure:
    by_day = {each.day: each.count for each in counts}
    return DailyFigure(
        total=sum(by_day.get(day, 0) for day in days.all()),
        before=sum(count for day, count in by_day.items() if days.first_before <= day < days.first),
        days=[DayCount(day=day, count=by_day.get(day, 0)) for day in days.all()],
    )


def revenue(rows: Sequence[DayRevenue], days: Days) -> Revenue:
    """Each currency by itself, in alphabetical order; only months and periods with rows."""
    months = months_until(days.last)
    by_month: dict[tuple[str, str], list[DayRevenue]] = defaultdict(list)
    for row in rows:
        by_month[f"{row.day:%Y-%m}", row.currency].append(row)
    return Revenue(
        totals=[_total(currency, rows, days) for currency in sorted({row.currency for row in rows})],
        months=[_month(*key, some) for key, some in sorted(by_month.items()) if key[0] in months],
    )


def _total(currency: str, rows: Sequence[DayRevenue], days: Days) -> CurrencyRevenue:
    own = [row for row in rows if row.currency == currency]
    now = sum(row.amount_minor for row in own if days.first <= row.day <= days.last)
    before = sum(row.amount_minor for row in own if days.first_before <= row.day < days.first)
    return CurrencyRevenue(currency=currency, amount_minor=now, before_minor=before)


def _month(month: str, currency: str, rows: Sequence[DayRevenue]) -> MonthRevenue:
    amount = sum(row.amount_minor for row in rows)
    return MonthRevenue(month=month, currency=currency, amount_minor=amount, invoices=sum(row.invoices for row in rows))
