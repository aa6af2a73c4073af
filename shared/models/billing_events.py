"""The data of the events of subscriptions, invoices and billing runs."""

from shared.models.billing import BillingRun, Invoice, Subscription
from shared.models.events import EventData, below
from shared.models.notification_preferences import DefaultPreference

DEFAULT_PREFERENCE = DefaultPreference("invoice", order=20)


class SubscriptionEvent(
    EventData,
    shown=below("subscription", "id user_id plan interval state next_due_on started_at canceled_at version"),
    hidden=below("subscription", "currency seats"),
):
    """The subscription after the change."""

    subscription: Subscription


class SubscriptionCreated(SubscriptionEvent, event="subscription.created"):
    pass


class SubscriptionChanged(SubscriptionEvent, event="subscription.changed"):
    pass


class SubscriptionCanceled(SubscriptionEvent, event="subscription.canceled"):
    pass


class InvoiceIssued(
    EventData,
    event="invoice.issued",
    shown=below("invoice", "id number user_id subscription_id run_id period plan state issued_at"),
    hidden=below("invoice", "currency amount_minor lines"),
):
    invoice: Invoice


class BillingRunStarted(EventData, event="billing_run.started", administrative=True):
    """By `run.requested_by`, or by the schedule when that is nobody."""

    run: BillingRun
