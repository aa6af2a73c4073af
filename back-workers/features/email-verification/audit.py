"""Audit rules for the verification of addresses."""

from features.audit.rule import AuditRule
from shared.models.email_verification import EmailVerificationRequested, EmailVerified

AUDIT_RULES = {
    EmailVerificationRequested: AuditRule("user", ("email",)),
    EmailVerified: AuditRule("user", ("email",)),
}
