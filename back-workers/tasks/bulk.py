"""Tasks on the queue `bulk`: what goes to very many people waits behind itself, and nobody else behind it."""

import asyncio
from typing import Any

import celery
import structlog
from mail.messages import Messages
from mail.sender import SmtpSender
from settings import NAME, BulkSettings
from texts.catalogue import Catalogue

from back_redis.connection import RedisConnection
from shared.models.announcement import Announcement
from shared.models.base import Items
from tasks.announcement_delivery import AnnouncementDelivery
from tasks.peers import bulk_peers
from tasks.undeliverable import Undeliverable
from tasks.waiting_mails import WaitingMails

DELIVER = "announcements.deliver"
DELIVER_EXPIRES_SECONDS = 60  # one that was not started is found again by `resume`
log = structlog.get_logger("bulk")
app: Any = celery.current_app  # celery has no types


def deliver(announcement_id: str) -> None:
    """Delivers an announcement, or what is left of it, unless another worker does; enqueued by back-api."""
    settings = BulkSettings.load()

    async def work() -> None:
        async with bulk_peers(settings) as services:
            lease, rate = settings.announcement_lease_seconds, settings.announcement_rate
            await AnnouncementDelivery(services, announcement_id, lease=lease, rate=rate).do()

    asyncio.run(work())


def resume() -> None:
    """Enqueues the announcements that nobody delivers."""
    settings = BulkSettings.load()

    async def expired() -> list[Announcement]:
        async with bulk_peers(settings) as services:
            path = "/internal/announcements/expired-leases"
            return (await services.back_postgres.post(path, model=Items[Announcement])).items

    for found in asyncio.run(expired()):
        log.warning("resuming an announcement", announcement_id=found.id, delivered=found.delivered)
        app.send_task(DELIVER, args=(found.id,), expires=DELIVER_EXPIRES_SECONDS)


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


app.task(name=DELIVER)(deliver)
app.task(name="announcements.resume")(resume)
app.task(name="notification-preferences.send_due")(send_due)
