"""Which fields of events and traces those see who look after them without reading the audit log (support).

Support finds out what happened to whom, and why it stopped. Ids of sessions, addresses of people and networks, what people
wrote, money, and what administrators did are for holders of `FULL_VIEW` alone (docs/decisions/0026-audit-log.md).
Each field of an event's data is declared as open or as restricted, here or beside its model (`shown`, `hidden`); one that is not is hidden.
"""

from shared.models import event_data as events
from shared.models.events import EVENT_DATA, EventData

FULL_VIEW = "audit:read"
OPEN: dict[type[EventData], frozenset[str]] = {}
RESTRICTED: dict[type[EventData], frozenset[str]] = {}
ADMINISTRATORS: set[type[EventData]] = set()
"""Acts of administrators, which are not shown at all."""
RESTRICTED_LOG_FIELDS = frozenset(("session_id", "sid", "ip", "user_agent", "amount_minor", "by", "actor_id"))


def _declare(*kinds: type[EventData], shown: str = "", hidden: str = "") -> None:
    for kind in kinds:
        OPEN[kind] = frozenset(shown.split())
        RESTRICTED[kind] = frozenset(hidden.split())


def _declared_beside_their_models() -> None:
    for kind in EVENT_DATA.values():
        if kind.fields_shown or kind.fields_hidden:
            OPEN[kind] = kind.fields_shown
            RESTRICTED[kind] = kind.fields_hidden


def _paths(prefix: str, names: str) -> str:
    return " ".join(f"{prefix}.{name}" for name in names.split())


_declare(events.UserRegistered, shown="user.id", hidden="user.email user.name verification")
_declare(events.RegistrationRepeated, hidden="email name")
_declare(events.EmailVerificationRequested, hidden="email verification.token verification.expires_at")
_declare(events.EmailVerified, hidden="email")
_declare(
    events.ProfileCreated,
    events.ProfileUpdated,
    events.ProfileDeleted,
    shown=_paths("profile", "id user_id time_zone locale theme version created_at updated_at"),
    hidden=_paths("profile", "name display_name bio avatar_url"),
)
_declare(
    events.SubscriptionCreated,
    events.SubscriptionChanged,
    events.SubscriptionCanceled,
    shown=_paths("subscription", "id user_id plan interval state next_due_on started_at canceled_at version"),
    hidden=_paths("subscription", "currency seats"),
)
_declare(
    events.InvoiceIssued,
    shown=_paths("invoice", "id number user_id subscription_id run_id period plan state issued_at"),
    hidden=_paths("invoice", "currency amount_minor lines"),
)
_declare(events.LoginRecorded, shown="id user_id outcome occurred_at", hidden="ip user_agent session_id")
_declare(events.SessionRevoked, shown="user_id reason", hidden="session_id ip user_agent")
_declare(events.AccountLocked, shown="user_id", hidden="ip user_agent")
ADMINISTRATORS.update(
    {
        events.AnnouncementCreated,
        events.BillingRunStarted,
        events.LetterReplayed,
        events.LetterDiscarded,
        events.UnsentRetried,
        events.UnsentDiscarded,
        events.StreamReplayed,
    }
)
_declared_beside_their_models()
