"""What the `data` of each event holds. Consumers ignore what they do not know, so that a field can be added."""

from shared.models.announcement import Announcement
from shared.models.base import Entity
from shared.models.billing import BillingRun, Invoice, Subscription
from shared.models.email_verification import EmailVerificationLink
from shared.models.event_streams import DeadLetterKind
from shared.models.events import EVENT_DATA, EventData, stream_of
from shared.models.feature_flag import FeatureFlagChanged as FeatureFlagChanged
from shared.models.profile import Profile
from shared.models.session import AccountLocked as AccountLocked
from shared.models.session import LoginEvent
from shared.models.session import SessionRevoked as SessionRevoked


class NewUser(Entity):
    """What a welcome needs to know; nothing that could go stale."""

    id: str
    email: str
    name: str | None = None


class UserRegistered(EventData, event="user.registered"):
    """`verification` is what the welcome mail links to; absent when the address needs no proof."""

    user: NewUser
    verification: EmailVerificationLink | None = None


class EmailVerificationRequested(EventData, event="user.email_verification_requested"):
    """Somebody asked for a new link to confirm `email`."""

    email: str
    verification: EmailVerificationLink


class EmailVerified(EventData, event="user.email_verified"):
    """`email` is proven to belong to the account."""

    email: str


class RegistrationRepeated(EventData, event="user.registration_repeated"):
    """The owner of the address, to whom the mail goes."""

    email: str
    name: str | None = None


class ProfileEvent(EventData):
    """The profile after the change, or as it was when it was deleted."""

    profile: Profile


class ProfileCreated(ProfileEvent, event="profile.created"):
    pass


class ProfileUpdated(ProfileEvent, event="profile.updated"):
    pass


class ProfileDeleted(ProfileEvent, event="profile.deleted"):
    pass


class SubscriptionEvent(EventData):
    """The subscription after the change."""

    subscription: Subscription


class SubscriptionCreated(SubscriptionEvent, event="subscription.created"):
    pass


class SubscriptionChanged(SubscriptionEvent, event="subscription.changed"):
    pass


class SubscriptionCanceled(SubscriptionEvent, event="subscription.canceled"):
    pass


class InvoiceIssued(EventData, event="invoice.issued"):
    invoice: Invoice


class BillingRunStarted(EventData, event="billing_run.started"):
    """By `run.requested_by`, or by the schedule when that is nobody."""

    run: BillingRun


class LoginRecorded(LoginEvent, EventData, event="login.recorded"):
    """One attempt to log in."""


class AnnouncementCreated(EventData, event="announcement.created"):
    """Who told what to whom: `announcement.created_by`, and its audience."""

    announcement: Announcement


class HandledLetter(Entity):
    """An event that lay in `events:dead` or `events:aside`; `held_type` and `held_id` are null when it was no event."""

    id: str
    kind: DeadLetterKind
    group: str
    stream: str
    held_type: str | None = None
    held_id: str | None = None


class LetterEvent(EventData):
    """`actor_id` is the administrator."""

    actor_id: str
    letter: HandledLetter


class LetterReplayed(LetterEvent, event="event.letter_replayed"):
    pass


class LetterDiscarded(LetterEvent, event="event.letter_discarded"):
    pass


class UnsentRetried(LetterEvent, event="event.unsent_retried"):
    """`letter` is an event that no relay could publish; it has no group."""


class UnsentDiscarded(LetterEvent, event="event.unsent_discarded"):
    """As above."""


class StreamReplayed(EventData, event="event.stream_replayed"):
    """`group` handles what stood in `stream` from `from_id` on once more: `entries` of them."""

    actor_id: str
    group: str
    stream: str
    from_id: str
    entries: int


def streams() -> list[str]:
    """Those of all families."""
    return sorted({stream_of(event_type) for event_type, _ in EVENT_DATA})
