"""Group `mail`: what people get by mail, now or, as their preferences say, later. Each event is claimed, since a mail cannot be unsent."""

from collections.abc import Sequence
from datetime import UTC, datetime

from events.consumer import Consumer, on

from back_redis.consumers import RetryPolicy
from features.notifications.mail.renderer import Messages
from features.notifications.mail.smtp import Sender
from features.notifications.messages import Telling, telling
from features.notifications.recipients import People
from features.notifications.schedule import chosen, mail_due
from shared.chassis.client import ServiceClient
from shared.models.event_data import (
    AccountLocked,
    EmailVerificationRequested,
    InvoiceIssued,
    RegistrationRepeated,
    SessionRevoked,
    UserRegistered,
)
from shared.models.events import Event, EventData
from shared.models.notification_preferences import Recipient
from shared.models.pending_mail import PendingMail, PendingMails

RETRY = RetryPolicy(attempts=8, longest_seconds=25.0)
"""About a minute: a server that refuses a recipient for now (greylisting, RFC 6647) may take the mail by then."""


def mail(back_postgres: ServiceClient, people: People, messages: Messages, sender: Sender) -> Consumer:
    fetched: dict[str, Recipient] = {}

    async def fetch(events: Sequence[Event]) -> None:
        fetched.clear()
        fetched.update(await people.of(telling(event).user_id for event in events))

    async def tell(event: Event, _: EventData) -> None:
        told = telling(event)
        to = fetched.pop(told.user_id, None) or (await people.of([told.user_id])).get(told.user_id)
        if to and chosen(to, told.said.kind).mail != "never":
            await send_or_wait(told.named(to.mail_name), to)

    async def send_or_wait(told: Telling, to: Recipient) -> None:
        event, due = told.event, mail_due(to, told.said.kind, datetime.now(UTC))
        if due is None:
            at, correlation_id = event.occurred_at, event.correlation_id
            message = messages.render(told.said, to, message_id=event.id, at=at, correlation_id=correlation_id)
            await sender.send(message)
            return
        known = {"user_id": to.user_id, "notification_id": event.id, "kind": told.said.kind, "event": event}
        waiting = PendingMail.model_validate(known | {"due_at": due.at, "digest_day": due.digest_day})
        await back_postgres.call("POST", "/internal/pending-mails", json=PendingMails(items=[waiting]))

    return Consumer(
        group="mail",
        idempotency="claims",
        handlers=(
            on(UserRegistered, tell),
            on(EmailVerificationRequested, tell),
            on(RegistrationRepeated, tell),
            on(InvoiceIssued, tell),
            on(SessionRevoked, tell),
            on(AccountLocked, tell),
        ),
        retry=RETRY,
        ahead=fetch,
    )
