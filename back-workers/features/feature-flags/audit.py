"""Audit rules for feature flags: who changed one, and why."""

from features.audit.rule import AuditRule
from shared.models.events import Event
from shared.models.feature_flag import FeatureFlagChanged


def _administrator(_: Event, data: FeatureFlagChanged) -> str | None:
    return data.flag.changed_by


AUDIT_RULES = {
    FeatureFlagChanged: AuditRule(
        "feature_flag", ("flag.version", "flag.enabled", "flag.percentage", "flag.reason"), _administrator
    ),
}
"""The subject's id is the event's aggregate: the flag's name."""
