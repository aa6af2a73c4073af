"""Notification preferences: per kind and channel, with quiet hours."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from shared.models.base import Entity, Request
from shared.models.notification import NotificationKind

MailChoice = Literal["at_once", "daily", "never"]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day, `HH:MM`, in the time zone of the profile."""


class KindPreference(Entity):
    """`live`: shown at once in open tabs (it is stored in any case). `mail`: at once, in the daily digest, or never."""

    kind: NotificationKind
    live: bool
    mail: MailChoice


@dataclass(frozen=True)
class DefaultPreference:
    """A kind of notification, as a module of shared.models declares it (`shared.models.notification_kinds`); `order` is its
    place among the others."""

    kind: NotificationKind
    live: bool = True
    mail: MailChoice = "at_once"
    order: int = 100

    def preference(self) -> KindPreference:
        return KindPreference(kind=self.kind, live=self.live, mail=self.mail)


class QuietHours(Entity):
    """From one time of day to another, over midnight when `to` is the earlier one."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True, validate_by_alias=True)

    start: Clock = Field(alias="from")
    end: Clock = Field(alias="to")


class KindChoice(KindPreference):
    """A kind's preference as a caller sends it."""

    model_config = ConfigDict(extra="forbid")


class QuietHoursChoice(QuietHours):
    """Quiet hours as a caller sends them."""

    model_config = ConfigDict(extra="forbid")


class NotificationPreferences(Entity):
    """Every kind once. `version` is the ETag; 0 while nothing was chosen."""

    kinds: list[KindPreference]
    quiet_hours: QuietHours | None = None
    version: int


class NotificationPreferencesUpdate(Request):
    """`PUT /api/notification-preferences`: each kind at most once; one that is left out keeps what was chosen for it.

    `security` stays live and at once.
    """

    kinds: list[KindChoice] = Field(min_length=1, max_length=20)
    quiet_hours: QuietHoursChoice | None = None


class NotificationPreferencesChange(Request):
    """back-api → back-postgres: the new preferences and the version that they replace."""

    preferences: NotificationPreferencesUpdate
    version: int = Field(ge=0, le=2**31 - 2)


class Recipient(Entity):
    """The recipient of a notification, with all data to write and send it. `kinds` are the chosen preferences."""

    user_id: str
    email: str
    email_verified: bool = False
    name: str | None = None
    locale: str = "en"
    time_zone: str = "UTC"
    kinds: list[KindPreference] = []
    quiet_hours: QuietHours | None = None

    @property
    def mail_name(self) -> str | None:
        """The name that a mail may use. None until the address is verified: a stranger may have registered somebody
        else's address, with a name that is a message to them."""
        return self.name if self.email_verified else None
