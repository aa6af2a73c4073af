"""Adapters of announcements: back-postgres over HTTP, and the delivery task of back-workers."""

import structlog
from task_queue import TaskQueue

from shared.chassis.client import ServiceClient
from shared.models.announcement import Announcement, AnnouncementStart, AudienceSize, TargetAudienceQuestion
from shared.models.base import Page
from shared.utils.errors import Unavailable, peer_errors_as

from .domain import AnnouncementNotFound

TASK = "announcements.deliver"
QUEUE = "bulk"
"""A queue of its own, so that other work never waits behind it."""
log = structlog.get_logger("announcements")


class BackPostgresAnnouncements:
    """`domain.AnnouncementStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def create(self, start: AnnouncementStart) -> Announcement:
        return await self._postgres.post("/internal/announcements", json=start, model=Announcement)

    async def get(self, announcement_id: str) -> Announcement:
        with peer_errors_as(missing=AnnouncementNotFound):
            return await self._postgres.get(f"/internal/announcements/{announcement_id}", model=Announcement)

    async def list_announcements(self, *, limit: int, cursor: str | None) -> Page[Announcement]:
        params = {"limit": limit, "cursor": cursor}
        return await self._postgres.get("/internal/announcements", params=params, model=Page[Announcement])

    async def size(self, question: TargetAudienceQuestion) -> AudienceSize:
        return await self._postgres.post("/internal/announcements/audience", json=question, model=AudienceSize)


class CeleryDeliveries:
    """`domain.DeliveryQueue`: enqueues `deliver` of back-workers/features/announcements/tasks.py, with the announcement's id."""

    def __init__(self, queue: TaskQueue) -> None:
        self._queue = queue

    async def announce(self, announcement_id: str) -> None:
        try:
            await self._queue.send(TASK, announcement_id, queue=QUEUE)
        except Unavailable:
            log.warning("not enqueued; it stays pending until back-workers finds it", announcement_id=announcement_id)
