"""What is said, as typed values that the texts may speak of. A text that names anything else is refused at the start."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict

from shared.models.notification import NotificationKind
from shared.utils.texts import one_line

PersonName = Annotated[str, AfterValidator(one_line)]
"""Also of an account that is older than the rule of one line."""


class Money(BaseModel):
    """Minor units of an ISO 4217 currency."""

    minor: int
    currency: str


class Line(BaseModel):
    """A line of an invoice."""

    label: str
    quantity: int
    amount: Money


class Part(BaseModel):
    """One notification of a summary, already in the reader's words."""

    title: str
    body: str
    link: str | None


class Said(BaseModel):
    """`key` names the texts, `kind` the preference that it falls under, `link` the page that it leads to.

    `mail_link` replaces `link` in the mail: it may carry a secret that only whoever reads the mail should have.
    """

    model_config = ConfigDict(frozen=True)
    key: ClassVar[str]
    kind: ClassVar[NotificationKind]
    link: str | None = None
    mail_link: str | None = None


class Welcome(Said):
    key, kind = "welcome", "welcome"
    link: str | None = "/app/profile/create"
    name: PersonName | None


class ConfirmEmail(Said):
    """By mail only."""

    key, kind = "confirm_email", "security"


class RegistrationRepeated(Said):
    """By mail only, to the owner of the address."""

    key, kind = "registration_repeated", "security"
    link: str | None = "/login"
    name: PersonName | None


class NewInvoice(Said):
    key, kind = "invoice", "invoice"
    link: str | None = "/app/billing"
    name: PersonName | None
    number: str
    period: date
    total: Money
    lines: tuple[Line, ...]


class EndedSession(Said):
    key, kind = "session_revoked", "security"
    link: str | None = "/app/settings"
    name: PersonName | None
    ip: str
    at: datetime


class LockedAccount(Said):
    key, kind = "account_locked", "security"
    link: str | None = "/app/settings"
    name: str | None
    ip: str
    at: datetime


class Announced(Said):
    """In its author's words."""

    key, kind = "announcement", "announcement"
    title: str
    body: str


class DailySummary(Said):
    """By mail only: the day's notifications that did not come at once."""

    key, kind = "daily_summary", "announcement"
    link: str | None = "/app/notifications"
    name: PersonName | None
    count: int
    parts: tuple[Part, ...]


SAID: tuple[type[Said], ...] = (
    Welcome,
    ConfirmEmail,
    RegistrationRepeated,
    NewInvoice,
    EndedSession,
    LockedAccount,
    Announced,
    DailySummary,
)
