"""Celery tasks of announcements. They run on the queue `bulk`, so that they never delay other work."""

import asyncio
from typing import Any

import celery
import structlog
from peers import bulk_peers
from settings import BulkSettings

from features.announcements.delivery import AnnouncementDelivery
from shared.models.announcement import Announcement
from shared.models.base import Items

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


app.task(name=DELIVER)(deliver)
app.task(name="announcements.resume")(resume)
