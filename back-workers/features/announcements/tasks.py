"""Celery tasks of announcements. They run on the queue `bulk`, so that they never delay other work."""

from typing import Any

import celery
import structlog
from peers import Peers, run_with_peers
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

    async def work(peers: Peers) -> None:
        lease = settings.announcement_lease_seconds
        await AnnouncementDelivery(peers, announcement_id, lease=lease, rate=settings.announcement_rate).run()

    run_with_peers(settings, work)


def resume() -> None:
    """Enqueues the announcements that nobody delivers."""
    for found in run_with_peers(TaskSettings.load(), _expired):
        log.warning("resuming an announcement", announcement_id=found.id, delivered=found.delivered)
        app.send_task(DELIVER, args=(found.id,), expires=DELIVER_EXPIRES_SECONDS)


async def _expired(peers: Peers) -> list[Announcement]:
    return (await peers.back_postgres.post("/internal/announcements/expired-leases", model=Items[Announcement])).items


app.task(name=DELIVER)(deliver)
app.task(name="announcements.resume")(resume)
