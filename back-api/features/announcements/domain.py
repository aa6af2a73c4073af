"""An announcement is made once an idempotency key; who gets it is decided by its audience at that moment."""

from typing import Protocol

from shared.models.announcement import (
    Announcement,
    AnnouncementCreate,
    AnnouncementStart,
    AudienceChoice,
    AudienceQuestion,
    AudienceSize,
    TargetAudience,
    TargetAudienceQuestion,
)
from shared.models.base import Page
from shared.models.billing import FREE
from shared.utils.errors import Invalid, NotFound


class AnnouncementNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such announcement.")


class AnnouncementStore(Protocol):
    """back-postgres."""

    async def create(self, start: AnnouncementStart) -> Announcement:
        """Makes it, pending, or finds the one of the same key. Raises Conflict when that one says something else."""
        ...

    async def get(self, announcement_id: str) -> Announcement:
        """Raises AnnouncementNotFound."""
        ...

    async def list_announcements(self, *, limit: int, cursor: str | None) -> Page[Announcement]: ...
    async def size(self, question: TargetAudienceQuestion) -> AudienceSize: ...


class DeliveryQueue(Protocol):
    async def announce(self, announcement_id: str) -> None:
        """Wakes a worker. Never raises: what is not announced stays pending until the sweeper finds it."""
        ...


class AnnouncementDomain:
    def __init__(self, store: AnnouncementStore, queue: DeliveryQueue) -> None:
        self._store = store
        self._queue = queue

    async def create(self, announcement: AnnouncementCreate, *, created_by: str, idempotency_key: str) -> Announcement:
        """Raises Invalid without a key, Conflict for a key that was used for something else."""
        if not idempotency_key.strip():
            raise Invalid.field("Idempotency-Key", "Send a new key for each announcement.")
        start = AnnouncementStart(
            title=announcement.title,
            body=announcement.body,
            link=announcement.link,
            audience=target(announcement.audience),
            created_by=created_by,
            idempotency_key=idempotency_key,
        )
        made = await self._store.create(start)
        if made.state == "pending":
            await self._queue.announce(made.id)
        return made

    async def get(self, announcement_id: str) -> Announcement:
        return await self._store.get(announcement_id)

    async def list_announcements(self, *, limit: int, cursor: str | None) -> Page[Announcement]:
        return await self._store.list_announcements(limit=limit, cursor=cursor)

    async def size(self, question: AudienceQuestion) -> AudienceSize:
        """The number of recipients at this moment."""
        return await self._store.size(TargetAudienceQuestion(audience=target(question.audience)))


def target(audience: AudienceChoice) -> TargetAudience:
    """Accounts without a subscription are on the free plan."""
    is_met = audience.plans is None or FREE in audience.plans
    return TargetAudience(**audience.model_dump(exclude_none=True), without_subscription=is_met)
