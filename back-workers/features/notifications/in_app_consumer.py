"""Group `notifications`: stored first, then announced, so that what an open tab shows is there after a reload.

The notification's id is the event's: storing it again changes nothing, and a browser shows an id once. Who does not want
a kind live still finds it in the list; in hours of quiet it is announced as quiet. They are announced in the order in
which they were stored, by which a browser resumes.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from events.consumer import Consumer, on

from back_redis.pubsub import LivePublisher
from features.notifications.catalogue import Catalogue
from features.notifications.messages import notification, telling
from features.notifications.recipients import People
from features.notifications.schedule import chosen, is_quiet
from shared.chassis.batches import send_batch
from shared.chassis.client import ServiceClient
from shared.models.event_data import AccountLocked, InvoiceIssued, SessionRevoked, UserRegistered
from shared.models.events import Event, EventData
from shared.models.notification import NewNotification, Notifications, created


def notifications(
    people: People, texts: Catalogue, back_cassandra: ServiceClient, publisher: LivePublisher
) -> Consumer:
    async def store(new: list[NewNotification]) -> None:
        await back_cassandra.call("POST", "/internal/notifications", json=Notifications(items=new))

    async def tell(events: Sequence[Event]) -> None:
        tellings = [telling(event) for event in events]
        known = await people.of(told.user_id for told in tellings)
        new: list[NewNotification] = []
        for told in tellings:
            if to := known.get(told.user_id):
                made = notification(told, texts, texts.reader(to.locale, to.time_zone))
                now, live = datetime.now(UTC), chosen(to, made.kind).live
                new.append(made.model_copy(update={"live": live, "quiet": is_quiet(to, made.kind, now)}))
        if new:
            await send_batch(store, new)
        await publisher.send_in_order([([each.user_id], created(each)) for each in new if each.live])

    async def tell_one(event: Event, _: EventData) -> None:
        await tell([event])

    return Consumer(
        group="notifications",
        idempotency="natural",
        handlers=(
            on(UserRegistered, tell_one),
            on(InvoiceIssued, tell_one),
            on(SessionRevoked, tell_one),
            on(AccountLocked, tell_one),
        ),
        together=tell,
    )
