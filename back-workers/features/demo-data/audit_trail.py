"""What the audit log says of who came, what was announced and which billing runs began."""

from collections.abc import Sequence
from datetime import datetime

from shared.models.announcement import Announcement, AnnouncementCreated
from shared.models.audit import AuditEntry
from shared.models.billing import BillingRun
from shared.models.billing_events import BillingRunStarted
from shared.models.events import EventData
from shared.models.user import User, UserRegistered
from shared.utils.masking import masked

from .chance import Chance


def make_audit(
    chance: Chance, users: Sequence[User], runs: Sequence[BillingRun], announcements: Sequence[Announcement]
) -> list[AuditEntry]:
    return [
        *(
            _entry(chance, UserRegistered, each.created_at, each.id, each.id, email=masked(each.email))
            for each in users
        ),
        *(_entry(chance, BillingRunStarted, each.created_at, each.id, None, period=each.period) for each in runs),
        *(
            _entry(chance, AnnouncementCreated, each.created_at, each.id, each.created_by, title=each.title)
            for each in announcements
        ),
    ]


def _entry(
    chance: Chance, event: type[EventData], at: datetime, subject_id: str, actor: str | None, **details: str
) -> AuditEntry:
    return AuditEntry(
        id=chance.id_at(at),
        at=at,
        action=event.event_type,
        actor=actor,
        subject_type=event.event_type.partition(".")[0],
        subject_id=subject_id,
        details=details,
    )
