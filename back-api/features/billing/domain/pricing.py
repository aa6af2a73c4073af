"""What a subscription owes for its next period. Billed in advance: seats × the price of a seat."""

import calendar
from datetime import MAXYEAR, date

from shared.models.base import Items
from shared.models.billing import InvoiceDraft, InvoiceLine, PriceRequest, Subscription
from shared.utils.errors import Invalid

from .plans import PlanStore, PriceList

MONTHS = {"month": 1, "year": 12}


class PricingDomain:
    def __init__(self, plans: PlanStore) -> None:
        self._plans = plans

    async def price(self, request: PriceRequest) -> Items[InvoiceDraft]:
        """A draft for each subscription that is still active. Raises Invalid for one that cannot be priced."""
        prices = PriceList((await self._plans.plans()).items)
        active = [subscription for subscription in request.subscriptions if subscription.state == "active"]
        return Items(items=[draft(subscription, request.period, prices) for subscription in active])


def draft(subscription: Subscription, period: str, prices: PriceList) -> InvoiceDraft:
    """The invoice of one subscription in a run's period; pure, so that pricing again gives the same.

    A run bills one interval from the due date on, so that one which was missed is billed by a later run, not skipped.
    """
    if subscription.seats < 1:
        raise Invalid.field("subscriptions", f"{subscription.id} has no seats.")
    starts = subscription.next_due_on or subscription.started_at.date()
    ends = next_due_on(starts, subscription.started_at.day, MONTHS[subscription.interval])
    unit = prices.unit_price(subscription.plan, subscription.interval, subscription.currency)
    line = InvoiceLine(
        description=f"{prices.name(subscription.plan)} from {starts.isoformat()} until {ends.isoformat()}",
        quantity=subscription.seats,
        unit_amount_minor=unit,
        amount_minor=unit * subscription.seats,
    )
    return InvoiceDraft(
        subscription_id=subscription.id,
        user_id=subscription.user_id,
        period=period,
        plan=subscription.plan,
        currency=subscription.currency,
        amount_minor=line.amount_minor,
        lines=[line],
        next_due_on=ends,
    )


def next_due_on(due: date, anchor_day: int, months: int) -> date:
    """`due` plus `months`, on the day of the month on which the subscription began, or that month's last one.

    The anchor keeps 31 January → 28 February → 31 March from becoming 28 March.
    """
    years, month = divmod(due.month - 1 + months, 12)
    year = due.year + years
    if year > MAXYEAR:
        raise Invalid.field("subscriptions", "The due date is out of range.")
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor_day, last))
