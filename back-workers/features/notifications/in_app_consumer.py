"""Consumer group `notifications`: stores a notification, then announces it to the open pages of its user.

- Stored first, so that what an open page shows is there after a reload.
- The notification's id is the event's: storing it again changes nothing, and a browser shows an id once.
- A user who does not want a kind live still finds it in the list. In quiet hours it is announced as quiet.
- They are announced in the order in which they were stored, by which a browser resumes.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from events.consumer import Consumer, handles
from peers import Peers

from back_redis.pubsub import LivePublisher
from features.notifications.catalogue import Catalogue
from features.notifications.message import EventMessage
from features.notifications.recipients import Recipients
from features.notifications.registry import in_app_messages, message_for
from features.notifications.schedule import is_quiet, preference_for
from shared.chassis.batches import send_batch
from shared.chassis.client import ServiceClient
from shared.models.events import Event, EventData
from shared.models.notification import NewNotification, Notifications, created
from shared.models.notification_preferences import Recipient


def consumer(peers: Peers) -> Consumer:
    return in_app_consumer(peers.back_postgres, peers.back_cassandra, peers.live, Catalogue())


def in_app_consumer(
    back_postgres: ServiceClient, back_cassandra: ServiceClient, live: LivePublisher, texts: Catalogue
) -> Consumer:
    recipients = Recipients(back_postgres)

    async def store(new: list[NewNotification]) -> None:
        await back_cassandra.call("POST", "/internal/notifications", json=Notifications(items=new))

    async def notify_all(events: Sequence[Event]) -> None:
        messages = [message_for(event) for event in events]
        known = await recipients.by_ids(message.user_id for message in messages)
        new = [_notification(each, known[each.user_id], texts) for each in messages if each.user_id in known]
        if new:
            await send_batch(store, new)
        await live.send_in_order([([each.user_id], created(each)) for each in new if each.live])

    async def notify(event: Event, _: EventData) -> None:
        await notify_all([event])

    return Consumer(
        group="notifications",
        idempotency="natural",
        handlers=tuple(handles(model, notify) for model in in_app_messages()),
        handle_batch=notify_all,
    )


def _notification(found: EventMessage, to: Recipient, texts: Catalogue) -> NewNotification:
    """As it is stored, in the recipient's language."""
    message = found.message
    title, body = texts.in_app(message, texts.locale(to.locale, to.time_zone))
    return NewNotification(
        id=found.event.id,
        user_id=found.user_id,
        kind=message.kind,
        title=title,
        body=body,
        link=message.link,
        created_at=found.event.occurred_at,
        live=preference_for(to, message.kind).live,
        quiet=is_quiet(to, message.kind, datetime.now(UTC)),
    )
