"""The Celery task that sends pending mails. It runs on the queue `bulk`, so that it never delays other work."""

import asyncio
from typing import Any

import celery
from peers import bulk_peers
from settings import NAME, BulkSettings

from back_redis.connection import RedisConnection
from features.notifications.catalogue import Catalogue
from features.notifications.mail.renderer import Messages
from features.notifications.mail.smtp import SmtpSender

from .dead_letters import Undeliverable
from .pending_mails import WaitingMails

app: Any = celery.current_app  # celery has no types


def send_due() -> None:
    """Sends mails that waited and are due, for a while; what is left is sent by the next run."""
    settings = BulkSettings.load()

    async def work() -> None:
        async with bulk_peers(settings) as services, RedisConnection.of(settings, NAME) as redis:
            texts = Catalogue()
            messages = Messages(texts, mail_from=settings.mail_from, public_url=settings.public_url)
            sender = SmtpSender(settings.smtp_host, settings.smtp_port)
            lease = settings.pending_mail_lease_seconds
            dead = Undeliverable(redis)
            await WaitingMails(services.back_postgres, texts, messages, sender, dead, lease=lease).send()

    asyncio.run(work())


app.task(name="notification-preferences.send_due")(send_due)
