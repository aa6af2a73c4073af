"""Plausible data of a new development stack, as back-workers makes it up and the stores keep and remove it."""

from shared.models.announcement import Announcement
from shared.models.base import Batch, Entity, Request, Timestamp
from shared.models.billing import BillingRun, Invoice, InvoiceLine, Subscription
from shared.models.notification_preferences import KindPreference
from shared.models.profile import Profile
from shared.models.user import User

MADE_UP = "de4ada7a"
"""How each id of made-up data ends, in every store: by that it is found again."""


def is_made_up(known_as: object) -> bool:
    """Whether an id, of whatever type, is of made-up data."""
    return str(known_as).endswith(MADE_UP)


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


class DemoDataRemoval(Request):
    """What was made up for `users` and of what happened from `since` on; the store goes back at most 400 days."""

    users: Batch[str]
    since: Timestamp
