"""Audit rules for registrations."""

from features.audit.rule import AuditRule, unknown
from shared.models.user import RegistrationRepeated, UserRegistered

AUDIT_RULES = {
    UserRegistered: AuditRule("user", ("user.email",)),
    RegistrationRepeated: AuditRule("user", ("email",), unknown),
}
