"""Messages from administrators to many people at once."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from shared.models.base import Batch, Entity, Line, Request, Stripped, Timestamp, VisibleLines
from shared.models.billing import PlanId
from shared.models.events import EventData
from shared.models.lease import Worker
from shared.models.notification_preferences import DefaultPreference
from shared.models.pending_mail import PendingMail
from shared.models.task import TaskState
from shared.models.user import Role

Link = Annotated[str, StringConstraints(pattern=r"^/([A-Za-z0-9_~.?#&=%+-][A-Za-z0-9/_~.?#&=%+-]*)?$", max_length=300)]
"""A path of ours, never another site's."""
Title = Annotated[Line, Field(min_length=1, max_length=200), Stripped]
Body = Annotated[VisibleLines, Field(min_length=1, max_length=2000), Stripped]

DEFAULT_PREFERENCE = DefaultPreference("announcement", mail="daily", order=40)


class Audience(Entity):
    """Active accounts that meet every given condition; without conditions, all of them. Nobody's plan is `free`."""

    roles: list[Role] | None = Field(default=None, min_length=1, max_length=10)
    plans: list[PlanId] | None = Field(default=None, min_length=1, max_length=10)
    verified: bool | None = None


class AudienceChoice(Audience):
    """An audience as a caller sends it."""

    model_config = ConfigDict(extra="forbid")


class TargetAudience(AudienceChoice):
    """An audience between services: `without_subscription` says whether accounts without a subscription meet `plans`."""

    without_subscription: bool = False


class AudienceQuestion(Request):
    """`POST /api/announcements/audience`."""

    audience: AudienceChoice


class TargetAudienceQuestion(Request):
    """back-api → back-postgres."""

    audience: TargetAudience


class AudienceSize(Entity):
    recipients: int


class AnnouncementText(Request):
    """The text that everybody in the audience reads."""

    title: Title
    body: Body
    link: Link | None = None


class AnnouncementCreate(AnnouncementText):
    """`POST /api/announcements`."""

    audience: AudienceChoice = AudienceChoice()


class AnnouncementStart(AnnouncementText):
    """back-api → back-postgres; `idempotency_key` is unique to `created_by`."""

    audience: TargetAudience = TargetAudience()
    created_by: str
    idempotency_key: str = Field(min_length=1, max_length=200)


class Announcement(Entity):
    """`id` is also the id of each recipient's notification; `delivered` counts the recipients who have it."""

    id: str
    title: str
    body: str
    link: str | None = None
    audience: Audience
    state: TaskState
    recipients: int
    delivered: int = 0
    created_by: str | None = None
    created_at: Timestamp
    finished_at: Timestamp | None = None


class AnnouncementDelivered(Request):
    """back-workers → back-postgres: all recipients up to `through` have it, `count` more than before (none for one who
    was skipped after a failure). The pending mails are stored in the same transaction."""

    worker: Worker
    through: str
    count: int = Field(ge=0, le=500)
    mails: Batch[PendingMail]


class AnnouncementCreated(EventData, event="announcement.created", administrative=True):
    """The announcement with its author (`announcement.created_by`) and its audience."""

    announcement: Announcement
