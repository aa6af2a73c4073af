"""Audit rules for announcements."""

from features.audit.rule import AuditRule
from shared.models.announcement import AnnouncementCreated
from shared.models.events import Event


def _author(_: Event, data: AnnouncementCreated) -> str | None:
    return data.announcement.created_by


AUDIT_RULES = {
    AnnouncementCreated: AuditRule("announcement", ("announcement.title", "announcement.recipients"), _author),
}
