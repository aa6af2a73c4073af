"""The daily summary, for people who chose it."""

from pydantic import BaseModel

from features.notifications.message import MessageModel, PersonName


class SummaryItem(BaseModel):
    """One notification of a summary, already in the recipient's language."""

    title: str
    body: str
    link: str | None


class DailySummaryMessage(MessageModel):
    """By mail only: the day's notifications that were not mailed at once."""

    key = "daily_summary"
    kind = "announcement"
    link: str | None = "/app/notifications"
    name: PersonName | None
    count: int
    parts: tuple[SummaryItem, ...]
