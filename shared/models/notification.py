"""Notifications as stored in Cassandra, and the message that a browser receives (guide: "Patterns")."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from shared.models.base import Batch, Entity, Request, Timestamp

NotificationKind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,39}$")]
"""An open catalogue: a new kind is no breaking change. `shared.models.notification_kinds` finds those of this
release; a reader of another kind shows it and keeps the preference for it."""


class Notification(Entity):
    """`id` is the id of the event that caused it (UUIDv7), so that storing it twice is the same as once.

    `quiet`: it came in the recipient's quiet hours, so it is shown without a sound or a toast.
    """

    id: str
    user_id: str
    kind: NotificationKind
    title: str = Field(max_length=200)
    body: str = Field(max_length=2000)
    link: str | None = None
    read_at: Timestamp | None = None
    quiet: bool = False
    created_at: Timestamp


class NewNotification(Notification):
    """A notification to store; without `live` it is not sent to open tabs, neither now nor when they reconnect."""

    live: bool = True


class Notifications(Request):
    """A batch to store; idempotent by id, never resets `read_at`, never brings back what was deleted."""

    items: Batch[NewNotification]


class UnreadCount(Entity):
    """Counted up to 1,000; the bell shows 99+ from 100 on."""

    count: int


class NotificationRead(Entity):
    """Live: one was marked as read, or all that were there."""

    id: str | None = None
    all: bool = False


class NotificationUnread(Entity):
    """Live: one was marked as unread."""

    id: str


class NotificationDeleted(Entity):
    """Live: one is gone."""

    id: str


LiveType = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*\.[a-z_]+$")]
"""An open catalogue: a new type is not a breaking change, and a page that does not know it reloads its data.

`LIVE_MESSAGES` in the models declare the types of this release and their `data` (`shared.models.live_data`); the `sockets` of
the contracts say the same.
"""
LIVE_MESSAGES = {
    "notification.created": Notification,
    "notification.read": NotificationRead,
    "notification.unread": NotificationUnread,
    "notification.deleted": NotificationDeleted,
}


class SocketTicket(Entity):
    """A login for one WebSocket or event stream (`?ticket=`), opened within `expires_in` seconds."""

    ticket: str
    expires_in: int


class LiveMessage(Entity):
    """The message that is published to users (`back_redis.pubsub.LivePublisher`) and sent unchanged over `/ws/notifications`."""

    type: LiveType
    id: str
    data: dict[str, Any]
    created_at: Timestamp


class StreamClosed(Entity):
    """The last event of an event stream, `close`: the same as a socket's close frame."""

    code: int
    reason: str


def created(notification: Notification) -> LiveMessage:
    """The live message for its user's open tabs, when it is stored or when they catch up."""
    return LiveMessage(
        type="notification.created",
        id=notification.id,
        data=notification.model_dump(mode="json", exclude={"live"}),
        created_at=notification.created_at,
    )
