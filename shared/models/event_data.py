"""What the `data` of each event holds. Consumers ignore what they do not know, so that a field can be added."""

from shared.models.announcement import Announcement
from shared.models.base import Entity
from shared.models.billing import Invoice, Subscription
from shared.models.events import EventType
from shared.models.profile import Profile
from shared.models.session import LoginEvent, SessionRevoked


class NewUser(Entity):
    """What a welcome needs to know; nothing that could go stale."""

    id: str
    email: str
    name: str | None = None


class UserRegistered(Entity):
    user: NewUser


class RegistrationRepeated(Entity):
    """The owner of the address, to whom the mail goes."""

    email: str
    name: str | None = None


class ProfileEvent(Entity):
    """The profile after the change, or as it was when it was deleted."""

    profile: Profile


class SubscriptionEvent(Entity):
    """The subscription after the change."""

    subscription: Subscription


class InvoiceIssued(Entity):
    invoice: Invoice


class AnnouncementCreated(Entity):
    """Who told what to whom: `announcement.created_by`, and the audience at that moment."""

    announcement: Announcement


EVENT_DATA: dict[EventType, type[Entity]] = {
    "user.registered": UserRegistered,
    "user.registration_repeated": RegistrationRepeated,
    "profile.created": ProfileEvent,
    "profile.updated": ProfileEvent,
    "profile.deleted": ProfileEvent,
    "subscription.created": SubscriptionEvent,
    "subscription.changed": SubscriptionEvent,
    "subscription.canceled": SubscriptionEvent,
    "invoice.issued": InvoiceIssued,
    "login.recorded": LoginEvent,
    "session.revoked": SessionRevoked,
    "announcement.created": AnnouncementCreated,
}
