"""Events and invoices for tests."""

from datetime import UTC, datetime
from typing import Any

from shared.models.events import Event, EventType
from shared.utils.ids import new_id

USER = "0193a000-0000-7000-8000-000000000001"
INVOICE: dict[str, Any] = {
    "id": new_id(),
    "number": "2026-000042",
    "user_id": USER,
    "subscription_id": new_id(),
    "run_id": new_id(),
    "period": "2026-11",
    "plan": "pro",
    "currency": "EUR",
    "amount_minor": 123400,
    "state": "issued",
    "lines": [{"description": "Pro <monthly>", "quantity": 3, "unit_amount_minor": 1200, "amount_minor": 3600}],
    "issued_at": "2026-11-23T10:00:00Z",
}
RECIPIENT: dict[str, Any] = {"user_id": USER, "email": "ann@example.com", "email_verified": True, "name": "Ann"}
VERIFICATION = {"token": "t" * 43, "expires_at": "2026-11-24T10:00:00Z"}


def event(event_type: EventType, data: dict[str, Any], **changes: Any) -> Event:
    values: dict[str, Any] = {
        "id": new_id(),
        "type": event_type,
        "aggregate_id": USER,
        "user_id": USER,
        "occurred_at": datetime.now(UTC),
        "correlation_id": "correlation-1",
        "data": data,
    }
    return Event.model_validate(values | changes)


def registered(**changes: Any) -> Event:
    return event("user.registered", {"user": {"id": USER, "email": "ann@example.com", "name": "Ann"} | changes})


def invoiced() -> Event:
    return event("invoice.issued", {"invoice": INVOICE}, aggregate_id=INVOICE["id"])


def revoked(**changes: Any) -> Event:
    reuse = {"session_id": new_id(), "user_id": USER, "reason": "token_reused", "ip": "203.0.113.5"}
    return event("session.revoked", reuse, **changes)


def locked(**changes: Any) -> Event:
    return event("session.locked_out", {"user_id": USER, "ip": "203.0.113.5"}, **changes)
