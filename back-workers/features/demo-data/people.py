"""Forty people with their accounts, profiles and plans."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.models.billing import Currency, Interval, Subscription
from shared.models.demo_data import DemoUser
from shared.models.profile import Profile
from shared.models.user import Role, User

from .chance import Chance

DOMAIN = "people.example"
_NAMES = (
    "Grace Hopper, Alan Turing, Katherine Johnson, Edsger Dijkstra, Barbara Liskov, Donald Knuth, Margaret Hamilton, Tony Hoare, "
    "Radia Perlman, Dennis Ritchie, Frances Allen, Ken Thompson, Hedy Lamarr, John Backus, Adele Goldberg, Niklaus Wirth, Jean Bartik, "
    "Leslie Lamport, Shafi Goldwasser, Robin Milner, Mary Shaw, Ole-Johan Dahl, Joan Clarke, Kristen Nygaard, Evelyn Boyd Granville, "
    "Konrad Zuse, Sophie Wilson, Vint Cerf, Anita Borg, Andrew Yao, Karen Spärck Jones, Michael Rabin, Annie Easley, Dana Scott, "
    "Mary Kenneth Keller, Juris Hartmanis, Klára Dán von Neumann, Peter Naur, Dorothy Vaughan, Seymour Cray"
)
NAMES = _NAMES.split(", ")
ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "Asia/Tokyo",
    "America/Los_Angeles",
    "Europe/Paris",
    "UTC",
)
LOCALES = ("en", "en", "en-GB", "de", "en-US")
ROLES: dict[int, Role] = {4: "support", 9: "billing-admin"}
BIOS = ("Works on compilers.", "Looks after the build.", "Design systems, mostly.", "On call every third week.", "")
OLD = 18
"""So many came before the last sixty days."""


@dataclass(frozen=True)
class Person:
    user: DemoUser
    profile: Profile | None
    subscription: Subscription | None


def make_people(chance: Chance) -> list[Person]:
    """The oldest first. More of them joined of late; a few of the newest have not got round to a profile or a plan."""
    days = sorted(
        [chance.randrange(62, 170) for _ in range(OLD)] + [int(60 * chance.random() ** 1.6) for _ in NAMES[OLD:]],
        reverse=True,
    )
    return [make_person(chance, number, joined) for number, joined in enumerate(days)]


def make_person(chance: Chance, number: int, joined: int) -> Person:
    at = chance.moment(joined)
    name = NAMES[number]
    address = name.lower().replace(" ", ".").replace("ä", "ae").replace("á", "a")
    user = DemoUser(
        id=chance.id_at(at),
        email=f"{address}@{DOMAIN}",
        name=name,
        role=ROLES.get(number, "user"),
        email_verified_at=at + timedelta(minutes=5) if chance.random() < 0.9 else None,
        created_at=at,
    )
    profile = make_profile(chance, user, at + timedelta(minutes=7)) if chance.random() < 0.85 else None
    return Person(user, profile, make_plan(chance, user, joined) if chance.random() < 0.7 else None)


def make_profile(chance: Chance, user: User, at: datetime, time_zone: str | None = None) -> Profile:
    at = min(at, chance.now)
    return Profile(
        id=chance.id_at(at),
        user_id=user.id,
        name=user.name or "",
        display_name=(user.name or "").split(" ")[0],
        bio=chance.choice(BIOS),
        time_zone=time_zone or chance.choice(ZONES),
        locale=chance.choice(LOCALES),
        version=1,
        created_at=at,
        updated_at=at,
    )


def make_plan(chance: Chance, user: User, joined: int) -> Subscription:
    """Most of those with a plan pay for it, by the month."""
    since = chance.moment(max(0, joined - chance.randrange(0, 6)))
    if chance.random() < 0.2:
        return plan_of(chance, user, since, "free")
    interval: Interval = "year" if chance.random() < 0.15 else "month"
    currency: Currency = "USD" if chance.random() < 0.35 else "EUR"
    return plan_of(chance, user, since, "pro", interval=interval, currency=currency, seats=chance.randrange(1, 13))


def plan_of(chance: Chance, user: User, since: datetime, plan: str, **chosen: object) -> Subscription:
    """`next_due_on` follows from the invoices, which are made later."""
    at = max(since, user.created_at + timedelta(minutes=9))
    defaults: dict[str, object] = {
        "interval": "month",
        "currency": "EUR",
        "seats": 1,
        "state": "active",
        "next_due_on": None,
    }
    identity = {"id": chance.id_at(at), "user_id": user.id, "plan": plan, "started_at": at, "version": 1}
    return Subscription.model_validate(defaults | identity | chosen)
