"""Celery tasks of announcements. They run on the queue `bulk`, so that they never delay other work."""

import asyncio
from typing import Any

import celery
import structlog
from peers import connect
from settings import TaskSettings

from features.announcements.delivery import AnnouncementDelivery
from shared.models.announcement import Announcement
from shared.models.base import Items

DELIVER = "announcements.deliver"
DELIVER_EXPIRES_SECONDS = 60  # one that was not started is found again by `resume`
log = structlog.get_logger("bulk")
app: Any = celery.current_app  # celery has no types


def deliver(announcement_id: str) -> None:
    """Delivers an announcement, or what is left of it, unless another worker does; enqueued by back-api."""
    settings = TaskSettings.load()

    async def work() -> None:
        async with connect(settings) as peers:
            lease = settings.announcement_lease_seconds
            await AnnouncementDelivery(peers, announcement_id, lease=lease, rate=settings.announcement_rate).run()

    asyncio.run(work())


def resume() -> None:
    """Enqueues the announcements that nobody delivers."""
    settings = TaskSettings.load()

    async def expired() -> list[Announcement]:
        async with connect(settings) as peers:
            path = "/internal/announcements/expired-leases"
            return (await peers.back_postgres.post(path, model=Items[Announcement])).items

    for found in asyncio.run(expired()):
        log.warning("resuming an announcement", announcement_id=found.id, delivered=found.delivered)
        app.send_task(DELIVER, args=(found.id,), expires=DELIVER_EXPIRES_SECONDS)


app.task(name=DELIVER)(deliver)
app.task(name="announcements.resume")(resume)
