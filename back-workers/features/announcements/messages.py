"""The message of an announcement. `delivery.py` stores it; features/notification-preferences/pending_mails.py mails it."""

from features.notifications.message import MessageModel


class AnnouncementMessage(MessageModel):
    """In its author's words."""

    key = "announcement"
    kind = "announcement"
    title: str
    body: str
