"""Group `notifications`: stored first, then announced, so that what an open tab shows is there after a reload.

The notification's id is the event's: storing it again changes nothing, and a browser shows an id once.
"""

from mail.money import amount, month

from back_redis.pubsub import LivePublisher
from consumers.declared import Consumer, on
from shared.chassis.client import ServiceClient
from shared.models.event_data import InvoiceIssued, SessionRevoked, UserRegistered
from shared.models.events import Event
from shared.models.notification import LiveMessage, Notification, Notifications


def notifications(back_cassandra: ServiceClient, publisher: LivePublisher) -> Consumer:
    async def tell(notification: Notification) -> None:
        await back_cassandra.call("POST", "/internal/notifications", json=Notifications(items=[notification]))
        message = LiveMessage(
            type="notification.created",
            id=notification.id,
            data=notification.model_dump(mode="json"),
            created_at=notification.created_at,
        )
        await publisher.send([notification.user_id], message)

    async def registered(event: Event, _: UserRegistered) -> None:
        await tell(welcome(event))

    async def invoice_issued(event: Event, data: InvoiceIssued) -> None:
        await tell(new_invoice(event, data))

    async def session_revoked(event: Event, data: SessionRevoked) -> None:
        await tell(ended_session(event, data))

    return Consumer(
        group="notifications",
        idempotency="natural",
        handlers=(
            on(UserRegistered, registered),
            on(InvoiceIssued, invoice_issued),
            on(SessionRevoked, session_revoked),
        ),
    )


def welcome(event: Event) -> Notification:
    return Notification(
        id=event.id,
        user_id=event.aggregate_id,
        kind="welcome",
        title="Welcome to the Tools Dashboard",
        body="Your account is ready. Start with your profile: it takes a minute.",
        link="/app/profile/create",
        created_at=event.occurred_at,
    )


def new_invoice(event: Event, data: InvoiceIssued) -> Notification:
    invoice = data.invoice
    return Notification(
        id=event.id,
        user_id=invoice.user_id,
        kind="invoice",
        title=f"Invoice {invoice.number}",
        body=f"Your invoice for {month(invoice.period)} is ready: {amount(invoice.amount_minor, invoice.currency)}.",
        link="/app/billing",
        created_at=event.occurred_at,
    )


def ended_session(event: Event, session: SessionRevoked) -> Notification:
    return Notification(
        id=event.id,
        user_id=session.user_id,
        kind="security",
        title="We ended one of your sessions",
        body="Its login was used in two places, so one of them may not have been you. Look through your sign-ins.",
        link="/app/settings",
        created_at=event.occurred_at,
    )
