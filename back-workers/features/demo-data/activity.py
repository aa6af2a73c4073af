"""Log-ins, announcements and the demo user's notifications."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shared.models.announcement import Announcement, Audience
from shared.models.billing import Invoice
from shared.models.notification import NewNotification
from shared.models.session import LoginEvent
from shared.models.user import User

from .chance import Chance

DAYS = 60
BROWSERS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
)
ANNOUNCEMENTS = (
    (
        41,
        "Invoices by email",
        "Invoices now arrive by email, too. Choose what you receive under Settings.",
        "/app/settings",
    ),
    (9, "Maintenance on Sunday", "On Sunday between 6:00 and 6:15 UTC pages may load slowly. Nothing is lost.", None),
)
WORKDAY = 5


def make_logins(chance: Chance, users: Sequence[User]) -> list[LoginEvent]:
    """On most workdays and some others, in the last sixty days; now and then a mistyped password before it."""
    events: list[LoginEvent] = []
    for user in users:
        keen = chance.uniform(0.2, 0.8)
        browser = chance.choice(BROWSERS)
        address = f"192.0.2.{chance.randrange(1, 255)}"
        for days_ago in range(min(DAYS, (chance.now - user.created_at).days), -1, -1):
            at = max(chance.moment(days_ago), user.created_at + timedelta(minutes=1))
            workday = at.weekday() < WORKDAY
            if at > chance.now or chance.random() > keen * (1 if workday else 0.35):
                continue
            if chance.random() < 0.04:
                events.append(_login(chance, user, at - timedelta(seconds=20), "failed", address, browser))
            events.append(_login(chance, user, at, "succeeded", address, browser))
    return events


def _login(chance: Chance, user: User, at: datetime, outcome: str, ip: str, user_agent: str) -> LoginEvent:
    same = {"id": chance.id_at(at), "user_id": user.id, "outcome": outcome, "ip": ip, "user_agent": user_agent}
    return LoginEvent.model_validate(same | {"occurred_at": at})


def make_announcements(chance: Chance, author: User, people: int) -> list[Announcement]:
    made: list[Announcement] = []
    for days_ago, title, body, link in ANNOUNCEMENTS:
        at = chance.moment(days_ago)
        counts = {"recipients": people, "delivered": people}
        times = {"created_at": at, "finished_at": at + timedelta(seconds=3)}
        text = {"title": title, "body": body, "link": link, "audience": Audience(), "state": "succeeded"}
        made.append(
            Announcement.model_validate(text | counts | times | {"id": chance.id_at(at), "created_by": author.id})
        )
    return made


def make_notifications(
    chance: Chance, user: User, invoices: Sequence[Invoice], announcements: Sequence[Announcement]
) -> list[NewNotification]:
    """Of the demo user, unread; the welcome came with the account itself."""
    found: list[NewNotification] = []
    for invoice in invoices:
        amount = f"{'€' if invoice.currency == 'EUR' else '$'}{invoice.amount_minor / 100:,.2f}"
        text = f"Your invoice for {invoice.issued_at:%B %Y} is ready: {amount}."
        found.append(_notice(chance, user, "invoice", "A new invoice", text, "/app/billing", invoice.issued_at))
    found += [
        _notice(chance, user, "announcement", each.title, each.body, each.link, each.created_at)
        for each in announcements
    ]
    return sorted(found, key=lambda each: each.id)


def _notice(
    chance: Chance, user: User, kind: str, title: str, body: str, link: str | None, at: datetime
) -> NewNotification:
    return NewNotification(
        id=chance.id_at(at), user_id=user.id, kind=kind, title=title, body=body, link=link, created_at=at, live=False
    )
