"""Audit rules: `AUDIT_RULES` in a feature's `audit.py` declares what the audit log keeps of an event."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.models.events import Event

Actor = Callable[[Event, Any], str | None]
"""The id of who caused the event, given the event and its data."""


def owner(event: Event, _: Any) -> str | None:
    """The user whom the event belongs to; nobody else may cause it."""
    return event.user_id


def unknown(_: Event, __: Any) -> None:
    """The system itself, or somebody who is not logged in."""


@dataclass(frozen=True)
class AuditRule:
    """`subject` is the kind of thing that it happened to, `details` are paths into the event's data.

    Each detail is stored under the last part of its path. Everything else stays out of the log.
    """

    subject: str
    details: tuple[str, ...] = ()
    actor: Actor = owner
