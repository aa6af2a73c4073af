"""Audit rules for sign-ins and sessions."""

from features.audit.rule import AuditRule, unknown
from shared.models.events import Event
from shared.models.session import AccountLocked, LoginRecorded, SessionRevoked


def _who_logged_in(_: Event, attempt: LoginRecorded) -> str | None:
    return attempt.user_id if attempt.outcome == "succeeded" else None


AUDIT_RULES = {
    LoginRecorded: AuditRule("user", ("outcome", "ip", "user_agent"), _who_logged_in),
    SessionRevoked: AuditRule("user", ("reason", "ip", "user_agent"), unknown),
    AccountLocked: AuditRule("user", ("ip", "user_agent"), unknown),
}
