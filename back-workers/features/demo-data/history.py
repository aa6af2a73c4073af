"""All that is made up, by the store that keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel

from shared.models.audit import AuditEntries
from shared.models.demo_data import DemoData, DemoPreferences
from shared.models.notification import Notifications
from shared.models.notification_kinds import DEFAULTS
from shared.models.session import LoginEvents
from shared.models.user import User

from .activity import make_announcements, make_logins, make_notifications
from .audit_trail import make_audit
from .billing import make_billing
from .chance import Chance
from .people import make_people, make_profile, plan_of
from .requests import make_requests

DEMO_DAYS = 95
"""So long the demo user has had a plan: three billing runs lie in them."""
BATCH = 500
Item = TypeVar("Item")


@dataclass(frozen=True)
class History:
    """`of_cassandra` are paths and bodies of calls."""

    of_postgres: DemoData
    of_cassandra: list[tuple[str, BaseModel]]


def make_history(now: datetime, demo_user: User, admin: User) -> History:
    """The same for the same day, but for times of today."""
    chance = Chance(now)
    people = make_people(chance)
    users = [person.user for person in people]
    demo_plan = plan_of(chance, demo_user, chance.moment(DEMO_DAYS), "pro", seats=3)
    demo_plan = demo_plan.model_copy(update={"started_at": chance.moment(DEMO_DAYS)})
    plans = [person.subscription for person in people if person.subscription]
    subscriptions, runs, invoices = make_billing(chance, [demo_plan, *plans])
    announcements = make_announcements(chance, admin, len(users))
    profiles = [person.profile for person in people if person.profile]
    profiles.append(make_profile(chance, demo_user, now, "Europe/Berlin"))
    own = [invoice for invoice in invoices if invoice.user_id == demo_user.id]
    notifications = make_notifications(chance, demo_user, own, announcements)
    regular = demo_user.model_copy(update={"created_at": chance.moment(DEMO_DAYS)})
    logins = make_logins(chance, [*users, regular])
    of_cassandra: list[tuple[str, BaseModel]] = [
        *(("/internal/login-events", LoginEvents(items=some)) for some in _batches(logins)),
        ("/internal/notifications", Notifications(items=notifications)),
        ("/internal/audit", AuditEntries(items=make_audit(chance, users, runs, announcements))),
        *(("/internal/spans", some) for some in make_requests(chance)),
    ]
    data = DemoData(
        users=users,
        profiles=profiles,
        preferences=[DemoPreferences(user_id=demo_user.id, kinds=list(DEFAULTS), version=1)],
        subscriptions=subscriptions,
        runs=runs,
        invoices=invoices,
        announcements=announcements,
    )
    return History(data, of_cassandra)


def _batches(items: Sequence[Item]) -> list[list[Item]]:
    return [list(items[at : at + BATCH]) for at in range(0, len(items), BATCH)]
