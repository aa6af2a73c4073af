"""Notifications, login events and entries of the audit log for tests."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from uuid6 import uuid7


def id_at(moment: datetime) -> str:
    """A UUIDv7 as if it had been made at `moment`."""
    return str(UUID(int=int(moment.timestamp() * 1000) << 80 | uuid7().int & ((1 << 80) - 1)))


def notification(user_id: str, *, at: datetime | None = None, **changes: Any) -> dict[str, Any]:
    moment = at or datetime.now(UTC)
    return {
        "id": id_at(moment),
        "user_id": user_id,
        "kind": "welcome",
        "title": "Welcome",
        "body": "Good to see you.",
        "link": "/app",
        "created_at": moment.isoformat(timespec="milliseconds"),
        **changes,
    }


def login_event(user_id: str, at: datetime, **changes: Any) -> dict[str, Any]:
    return {
        "id": id_at(at),
        "user_id": user_id,
        "outcome": "succeeded",
        "ip": "192.0.2.1",
        "user_agent": "a browser",
        "occurred_at": at.isoformat(timespec="milliseconds"),
        **changes,
    }


def audit_entry(at: datetime | None = None, **changes: Any) -> dict[str, Any]:
    moment = at or datetime.now(UTC)
    return {
        "id": id_at(moment),
        "at": moment.isoformat(timespec="milliseconds"),
        "action": "profile.updated",
        "actor": str(uuid7()),
        "subject_type": "profile",
        "subject_id": str(uuid7()),
        "correlation_id": str(uuid7()),
        "details": {"version": "2"},
        **changes,
    }
