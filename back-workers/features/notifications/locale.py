"""Formats amounts, days and times for a recipient, by locale and time zone, with CLDR's data (Babel)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_currency, get_currency_precision

from features.notifications.message import Money
from shared.utils.time_zones import zone_of

FALLBACK = "en"
_DAY = re.compile(r"\b[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9])\b")


@dataclass(frozen=True)
class RecipientLocale:
    """`language` is one that has texts; `locale` formats, and is of that language."""

    language: str
    locale: Locale
    zone: tzinfo

    def money(self, amount: Money) -> str:
        """1200 EUR is `€12.00` in English and `12,00 €` in German."""
        digits = get_currency_precision(amount.currency)
        return format_currency(Decimal(amount.minor).scaleb(-digits), amount.currency, locale=self.locale)

    def month(self, day: date) -> str:
        return format_skeleton("yMMMM", day, locale=self.locale)

    def days_in(self, text: str) -> str:
        """`text` with its days, such as 2026-11-23, as the recipient writes them."""
        return _DAY.sub(lambda day: self._day(day[0]), text)

    def _day(self, text: str) -> str:
        try:
            return format_date(date.fromisoformat(text), "long", locale=self.locale)
        except ValueError:  # 30 February
            return text

    def moment(self, at: datetime) -> str:
        """With the zone, since it may not be the one where the recipient is now."""
        return format_datetime(at, "long", tzinfo=self.zone, locale=self.locale)  # pyright: ignore[reportArgumentType]


def locale_of(tag: str, time_zone: str, languages: frozenset[str]) -> RecipientLocale:
    """For the locale and time zone of a profile. Without texts in that language it is English, dates and amounts included."""
    language = tag.partition("-")[0]
    if language not in languages:
        language = tag = FALLBACK
    return RecipientLocale(language, _known(tag, language), zone(time_zone))


@cache
def _known(tag: str, language: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):  # a territory that CLDR does not know
        return Locale(language)


@cache
def zone(name: str) -> tzinfo:
    """The IANA zone; UTC for a name that this release's data does not have."""
    try:
        return zone_of(name)
    except KeyError:
        return UTC
