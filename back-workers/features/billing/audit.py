"""Audit rules for subscriptions, billing runs and invoices."""

from features.audit.rule import AuditRule, unknown
from shared.models.billing_events import (
    BillingRunStarted,
    InvoiceIssued,
    SubscriptionCanceled,
    SubscriptionChanged,
    SubscriptionCreated,
)
from shared.models.events import Event


def _requester(_: Event, data: BillingRunStarted) -> str | None:
    return data.run.requested_by


_SUBSCRIPTION = AuditRule("subscription", ("subscription.plan", "subscription.interval", "subscription.seats"))
AUDIT_RULES = {
    SubscriptionCreated: _SUBSCRIPTION,
    SubscriptionChanged: _SUBSCRIPTION,
    SubscriptionCanceled: _SUBSCRIPTION,
    InvoiceIssued: AuditRule(
        "invoice", ("invoice.number", "invoice.period", "invoice.user_id", "invoice.run_id"), unknown
    ),
    BillingRunStarted: AuditRule("billing_run", ("run.period", "run.dry_run", "run.due"), _requester),
}
