"""How amounts and months read in English."""

from datetime import date

_SIGNS = {"EUR": "€", "USD": "$"}


def amount(minor: int, currency: str) -> str:
    """Minor units as text: 1200 EUR is `€12.00`."""
    sign, value = _SIGNS.get(currency, f"{currency} "), abs(minor)
    return f"{'-' if minor < 0 else ''}{sign}{value // 100:,}.{value % 100:02}"


def month(period: str) -> str:
    """`2026-11` is `November 2026`."""
    return date.fromisoformat(f"{period}-01").strftime("%B %Y")
