"""Audit rules for profiles."""

from features.audit.rule import AuditRule
from shared.models.profile import ProfileCreated, ProfileDeleted, ProfileUpdated

_PROFILE = AuditRule("profile", ("profile.version",))
AUDIT_RULES = {
    ProfileCreated: _PROFILE,
    ProfileUpdated: _PROFILE,
    ProfileDeleted: _PROFILE,
}
