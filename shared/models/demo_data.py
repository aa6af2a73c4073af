"""Plausible data of a new development stack, as back-workers makes it up and back-postgres stores it."""

from shared.models.announcement import Announcement
from shared.models.base import Batch, Entity, Request
from shared.models.billing import BillingRun, Invoice, InvoiceLine, Subscription
from shared.models.notification_preferences import KindPreference
from shared.models.profile import Profile
from shared.models.user import User


class DemoDataState(Entity):
    """`made`: it is there already. `accounts` are the oldest ones, among them those of the demonstration."""

    made: bool
    accounts: list[User]


class DemoUser(User):
    """With a bound that a request needs."""

    permissions: Batch[str] = []


class DemoInvoice(Invoice):
    """With a bound that a request needs."""

    lines: Batch[InvoiceLine] = []


class DemoPreferences(Entity):
    """What somebody has chosen to be told."""

    user_id: str
    kinds: Batch[KindPreference]
    version: int


class DemoData(Request):
    """All of it, stored in one transaction and once. Numbers of invoices are given when they are stored."""

    users: Batch[DemoUser]
    profiles: Batch[Profile]
    preferences: Batch[DemoPreferences]
    subscriptions: Batch[Subscription]
    runs: Batch[BillingRun]
    invoices: Batch[DemoInvoice]
    announcements: Batch[Announcement]
