"""The plans, with their price per seat."""

from collections.abc import Iterable
from typing import Protocol

from shared.models.base import Items
from shared.models.billing import Currency, Interval, Plan, PlanId
from shared.utils.errors import Invalid


class PlanStore(Protocol):
    """back-postgres behind a cache: plans change with releases only."""

    async def plans(self) -> Items[Plan]: ...


class PriceList:
    """Prices a seat in minor units, by plan, interval and currency."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self._plans = {plan.id: plan for plan in plans}
        self._prices = {
            (plan.id, price.interval, price.currency): price.amount_minor
            for plan in self._plans.values()
            for price in plan.prices
        }

    def unit_price(self, plan: PlanId, interval: Interval, currency: Currency) -> int:
        """Raises Invalid, naming the field, when it is not sold that way."""
        if plan not in self._plans:
            raise Invalid.field("plan", "This plan is not sold.")
        price = self._prices.get((plan, interval, currency))
        if price is None:
            raise Invalid.field("interval", f"This plan is not sold by the {interval} in {currency}.")
        return price

    def name(self, plan: PlanId) -> str:
        return self._plans[plan].name
