"""Mails that are not sent at once: some wait for the end of quiet hours, others for the daily digest."""

from pydantic import Field

from shared.models.base import Batch, Day, Entity, Request, Timestamp
from shared.models.events import Event
from shared.models.notification import Notification, NotificationKind


class PendingMail(Request):
    """`digest_day` is the recipient's local day whose digest includes it; without one it is a mail of its own.

    Idempotent by user and notification. `event` is its content; an announcement's text is looked up.
    """

    user_id: str
    notification_id: str
    kind: NotificationKind
    due_at: Timestamp
    digest_day: Day | None = None
    digest_closes_seconds: int = Field(default=60, ge=0, le=86_400)
    """The digest is closed this long before `due_at`; later mails go into the next one."""
    digest_every_days: int = Field(default=1, ge=1, le=31)
    event: Event | None = None


class PendingMails(Request):
    items: Batch[PendingMail]


class MailClaim(Request):
    """A sender's claim on due mails; when it expires, another sender may claim them."""

    worker: str = Field(max_length=100)
    limit: int = Field(default=100, ge=1, le=500)
    lease_seconds: int = Field(default=60, ge=1, le=600)


class DueMail(Entity):
    """One part of a mail: all parts of the same user and `batch` are one mail, complete in one claim, the same in each claim."""

    user_id: str
    batch: str
    digest_day: Day | None = None
    notification_id: str
    kind: NotificationKind
    event: Event | None = None
    announced: Notification | None = None
    attempts: int = 0
    """How often it has failed."""


class SentMail(Request):
    user_id: str
    batch: str = Field(max_length=64)


class SentMails(Request):
    """Mails that need no further attempt: sent, permanently refused, or no longer wanted by their recipient."""

    items: Batch[SentMail]


class FailedMail(SentMail):
    """A mail that is due again in `retry_seconds`."""

    retry_seconds: int = Field(ge=1, le=86_400)


class FailedMails(Request):
    """Mails that the mail server did not accept this time."""

    items: Batch[FailedMail]
