"""What the `data` of each event holds. Consumers ignore what they do not know, so that a field can be added."""

from shared.models.announcement import Announcement
from shared.models.base import Entity
from shared.models.billing import Invoice, Subscription
from shared.models.events import EventData
from shared.models.profile import Profile
from shared.models.session import LoginEvent, SessionRevoked

__all__ = [
    "AnnouncementCreated",
    "InvoiceIssued",
    "LoginRecorded",
    "ProfileCreated",
    "ProfileDeleted",
    "ProfileUpdated",
    "RegistrationRepeated",
    "SessionRevoked",
    "SubscriptionCanceled",
    "SubscriptionChanged",
    "SubscriptionCreated",
    "UserRegistered",
]


class NewUser(Entity):
    """What a welcome needs to know; nothing that could go stale."""

    id: str
    email: str
    name: str | None = None


class UserRegistered(EventData, event="user.registered"):
    user: NewUser


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


class LoginRecorded(LoginEvent, EventData, event="login.recorded"):
    """One attempt to log in."""


class AnnouncementCreated(EventData, event="announcement.created"):
    """Who told what to whom: `announcement.created_by`, and its audience."""

    announcement: Announcement
