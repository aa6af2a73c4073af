"""What the audit log says of an event: who did it, to what, and a few chosen fields of its data; all else stays out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.models import event_data as events
from shared.models.audit import AuditEntry
from shared.models.events import Event, EventData
from shared.utils.masking import masked

LONGEST = 200
Actor = Callable[[Event, Any], str | None]


def _owner(event: Event, _: EventData) -> str | None:
    """Whose it is has done it: nobody else may."""
    return event.user_id


def _nobody(_: Event, __: EventData) -> None:
    """The system, or somebody who is not known."""


def _who_logged_in(_: Event, attempt: events.LoginRecorded) -> str | None:
    return attempt.user_id if attempt.outcome == "succeeded" else None


def _administrator(_: Event, data: events.LetterEvent | events.StreamReplayed) -> str:
    return data.actor_id


@dataclass(frozen=True)
class Audited:
    """`details` are paths into the event's data; each is called by its last part."""

    subject: str
    details: tuple[str, ...] = ()
    actor: Actor = _owner


_SUBSCRIPTION = Audited("subscription", tuple(f"subscription.{name}" for name in ("plan", "interval", "seats")))
_PROFILE = Audited("profile", ("profile.version",))
_LETTER = tuple(f"letter.{name}" for name in ("kind", "group", "stream", "held_type", "held_id"))
AUDITED: dict[type[EventData], Audited] = {
    events.UserRegistered: Audited("user", ("user.email",)),
    events.RegistrationRepeated: Audited("user", ("email",), _nobody),
    events.EmailVerificationRequested: Audited("user", ("email",)),
    events.EmailVerified: Audited("user", ("email",)),
    events.ProfileCreated: _PROFILE,
    events.ProfileUpdated: _PROFILE,
    events.ProfileDeleted: _PROFILE,
    events.SubscriptionCreated: _SUBSCRIPTION,
    events.SubscriptionChanged: _SUBSCRIPTION,
    events.SubscriptionCanceled: _SUBSCRIPTION,
    events.InvoiceIssued: Audited(
        "invoice", tuple(f"invoice.{name}" for name in ("number", "period", "user_id", "run_id")), _nobody
    ),
    events.BillingRunStarted: Audited(
        "billing_run", ("run.period", "run.dry_run", "run.due"), lambda _, data: data.run.requested_by
    ),
    events.LoginRecorded: Audited("user", ("outcome", "ip", "user_agent"), _who_logged_in),
    events.SessionRevoked: Audited("user", ("reason", "ip", "user_agent"), _nobody),
    events.AccountLocked: Audited("user", ("ip", "user_agent"), _nobody),
    events.AnnouncementCreated: Audited(
        "announcement",
        ("announcement.title", "announcement.recipients"),
        lambda _, data: data.announcement.created_by,
    ),
    events.LetterReplayed: Audited("dead_letter", _LETTER, _administrator),
    events.LetterDiscarded: Audited("dead_letter", _LETTER, _administrator),
    events.UnsentRetried: Audited("dead_letter", _LETTER, _administrator),
    events.UnsentDiscarded: Audited("dead_letter", _LETTER, _administrator),
    events.StreamReplayed: Audited("consumer_group", ("stream", "from_id", "entries"), _administrator),
}


def entry(event: Event, data: EventData) -> AuditEntry:
    """The entry of `event`, whose id it has; `data` is the event's."""
    about, known = AUDITED[type(data)], data.model_dump(mode="json")
    details = {path.rpartition(".")[2]: _at(known, path) for path in about.details}
    return AuditEntry(
        id=event.id,
        at=event.occurred_at,
        action=event.type,
        actor=about.actor(event, data),
        subject_type=about.subject,
        subject_id=event.aggregate_id,
        correlation_id=event.correlation_id,
        details={name: _text(value) for name, value in details.items() if value not in (None, "")},
    )


def _at(known: Any, path: str) -> Any:
    for name in path.split("."):
        known = known[name]
    return known


def _text(value: Any) -> str:
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return masked(shown)[:LONGEST]
