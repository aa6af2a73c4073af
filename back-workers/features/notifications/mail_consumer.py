"""Consumer group `mail`: sends each mail now or schedules it by the recipient's preferences.

Events are claimed first, since a mail cannot be recalled.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from events.consumer import Consumer, handles
from peers import Peers

from back_redis.consumers import RetryPolicy
from features.notifications.catalogue import Catalogue
from features.notifications.mail.renderer import MailRenderer
from features.notifications.mail.smtp import Sender, SmtpSender
from features.notifications.message import EventMessage
from features.notifications.recipients import Recipients
from features.notifications.registry import mail_messages, message_for
from features.notifications.schedule import mail_delivery_time, preference_for
from shared.chassis.client import ServiceClient
from shared.models.events import Event, EventData
from shared.models.notification_preferences import Recipient
from shared.models.pending_mail import PendingMail, PendingMails

RETRY = RetryPolicy(attempts=8, longest_seconds=25.0)
"""About a minute: a server that refuses a recipient for now (greylisting, RFC 6647) may take the mail by then."""


def consumer(peers: Peers) -> Consumer:
    settings = peers.settings
    renderer = MailRenderer(
        Catalogue(), mail_from=settings.mail_from, public_url=settings.public_url, support=settings.mail_support
    )
    sender = SmtpSender(settings.smtp_host, settings.smtp_port)
    return mail_consumer(peers.back_postgres, renderer, sender)


def mail_consumer(back_postgres: ServiceClient, renderer: MailRenderer, sender: Sender) -> Consumer:
    recipients = Recipients(back_postgres)
    prefetched: dict[str, Recipient] = {}

    async def prefetch(events: Sequence[Event]) -> None:
        prefetched.clear()
        prefetched.update(await recipients.by_ids(message_for(event).user_id for event in events))

    async def send_mail(event: Event, _: EventData) -> None:
        found = message_for(event)
        to = prefetched.pop(found.user_id, None) or (await recipients.by_ids([found.user_id])).get(found.user_id)
        if to and preference_for(to, found.message.kind).mail != "never":
            await send_or_schedule(found.addressed_to(to.mail_name), to)

    async def send_or_schedule(found: EventMessage, to: Recipient) -> None:
        event = found.event
        later = mail_delivery_time(to, found.message.kind, datetime.now(UTC))
        if later is None:
            at = event.occurred_at
            mail = renderer.render(found.message, to, message_id=event.id, at=at, correlation_id=event.correlation_id)
            await sender.send(mail)
            return
        pending = PendingMail(
            user_id=to.user_id,
            notification_id=event.id,
            kind=found.message.kind,
            event=event,
            due_at=later.at,
            digest_day=later.digest_day,
        )
        await back_postgres.call("POST", "/internal/pending-mails", json=PendingMails(items=[pending]))

    return Consumer(
        group="mail",
        idempotency="claims",
        handlers=tuple(handles(model, send_mail) for model in mail_messages()),
        retry=RETRY,
        prefetch=prefetch,
    )
