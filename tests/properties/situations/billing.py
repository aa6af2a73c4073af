"""Billing runs that bill nobody: a real one would bill the people of other tests."""

from tests.integration.conftest import register
from tests.properties.situations.visitor import Fitting, Visitor, always, excuse, situation

always("POST /api/billing/runs", "body", dry_run=True)
always("POST /internal/billing-runs", "body", dry_run=True)
excuse(
    "only a billing run that is not dry makes invoices",
    "GET /api/invoices/{invoice_id}",
    "GET /internal/invoices/{invoice_id}",
)
excuse(
    "the workers hold the lease of each run",
    "POST /internal/billing-runs/{run_id}/invoices",
    "POST /internal/billing/runs/{run_id}/chunks",
    "POST /internal/billing-runs/{run_id}/finish",
    "POST /internal/billing-runs/{run_id}/lease",
)


@situation("PUT /internal/subscriptions/{user_id}")
def change(visitor: Visitor) -> Fitting:
    visitor.ask("POST", "/api/subscription", json={"plan": "pro"})
    stored = visitor.ask("GET", "/api/subscription")
    kept = {name: value for name, value in stored.items() if name not in ("id", "user_id")}
    return Fitting(path={"user_id": visitor.user_id()}, body={**kept, "seats": 2, "event": "changed"})


@situation("POST /internal/subscriptions/{user_id}")
def never_subscribed(visitor: Visitor) -> Fitting:
    """Somebody new each time. A subscription that is free is never due."""
    free = {"plan": "free", "next_due_on": None, "started_at": "2026-11-23T12:00:00Z"}
    return Fitting(path={"user_id": visitor.user_id(register(visitor.api))}, body=free)


@situation(
    "GET /api/billing/runs/{run_id}",
    "GET /internal/billing-runs/{run_id}",
    "GET /internal/billing-runs/{run_id}/due",
)
def run(visitor: Visitor) -> Fitting:
    """An old one, which nothing else bills."""
    visitor.ask("POST", "/api/billing/runs", visitor.admin, json={"period": "2001-01", "dry_run": True})
    latest = visitor.ask("GET", "/api/billing/runs?limit=1", visitor.admin)["items"][0]
    return Fitting(path={"run_id": latest["id"], "task_id": latest["task_id"]})


@situation("GET /api/billing/invoices/{invoice_id}")
def invoice(visitor: Visitor) -> Fitting:
    """One of the demo data."""
    newest = visitor.ask("GET", "/api/billing/invoices?limit=1", visitor.admin)["items"][0]
    return Fitting(path={"invoice_id": newest["id"]})
