"""The amount that a subscription owes for its next period. Billed in advance: seats × the price of a seat."""

from shared.models.billing import InvoiceDraft, InvoiceLine
from shared.utils.errors import Invalid

from .plans import PriceList
from .subscription import Subscription


def draft(subscription: Subscription, period: str, prices: PriceList) -> InvoiceDraft:
    """The invoice of one subscription in a run's period; pure, so that pricing again gives the same.

    A run bills one interval from the due date on, so that one which was missed is billed by a later run, not skipped.

    Raises:
        Invalid: it has no seats, is not sold that way, or its period is beyond the calendar.
    """
    if subscription.seats < 1:
        raise Invalid.field("subscriptions", f"{subscription.id} has no seats.")
    starts, ends = subscription.next_period()
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
