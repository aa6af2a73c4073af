"""Makes the audit log's entry of an event, by the rule that the event's feature declares."""

from functools import cache
from typing import Any

from discovery import merged

from features.audit.rule import AuditRule
from shared.models.audit import AuditEntry
from shared.models.events import Event, EventData
from shared.utils.masking import masked

LONGEST = 200
"""Characters of a detail."""


@cache
def audit_rules() -> dict[type[EventData], AuditRule]:
    """The `AUDIT_RULES` of all features."""
    return merged("audit", "AUDIT_RULES")


def entry(event: Event, data: EventData) -> AuditEntry:
    """The entry of `event`, under its id; `data` is the event's."""
    rule = audit_rules()[type(data)]
    values = data.model_dump(mode="json")
    details = {path.rpartition(".")[2]: _at(values, path) for path in rule.details}
    return AuditEntry(
        id=event.id,
        at=event.occurred_at,
        action=event.type,
        actor=rule.actor(event, data),
        subject_type=rule.subject,
        subject_id=event.aggregate_id,
        correlation_id=event.correlation_id,
        details={name: _text(value) for name, value in details.items() if value not in (None, "")},
    )


def _at(values: Any, path: str) -> Any:
    for name in path.split("."):
        values = values[name]
    return values


def _text(value: Any) -> str:
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return masked(shown)[:LONGEST]
