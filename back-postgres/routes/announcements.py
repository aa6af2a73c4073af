"""Announcements: back-api creates and lists them, back-workers delivers them."""

from typing import Annotated

from fastapi import APIRouter, Query

from dependencies import Cursor, Db, Limit, PathId
from repositories import announcement_repository
from shared.models.announcement import (
    Announcement,
    AnnouncementDelivered,
    AnnouncementStart,
    AudienceSize,
    TargetAudienceQuestion,
)
from shared.models.base import Items, Page, QueryInt
from shared.models.lease import Lease, LeaseFinish
from shared.models.notification_preferences import Recipient

router = APIRouter(prefix="/internal/announcements")


@router.post("", status_code=201)
async def start(body: AnnouncementStart, db: Db) -> Announcement:
    return await announcement_repository.start_announcement(db, start=body)


@router.get("")
async def list_announcements(db: Db, limit: Limit = 20, cursor: Cursor = None) -> Page[Announcement]:
    return await announcement_repository.list_announcements(db, limit=limit, cursor=cursor)


@router.post("/audience")
async def audience(body: TargetAudienceQuestion, db: Db) -> AudienceSize:
    return AudienceSize(recipients=await announcement_repository.count_audience(db, audience=body.audience))


@router.post("/expired-leases")
async def expired(db: Db) -> Items[Announcement]:
    return Items(items=await announcement_repository.list_expired(db))


@router.get("/{announcement_id}")
async def read(announcement_id: PathId, db: Db) -> Announcement:
    return await announcement_repository.get_announcement(db, announcement_id=announcement_id)


@router.post("/{announcement_id}/lease")
async def lease(announcement_id: PathId, body: Lease, db: Db) -> Announcement:
    return await announcement_repository.lease_announcement(
        db, announcement_id=announcement_id, worker=body.worker, seconds=body.seconds
    )


@router.get("/{announcement_id}/recipients")
async def recipients(
    announcement_id: PathId, db: Db, limit: Annotated[QueryInt, Query(ge=1, le=500)] = 100
) -> Items[Recipient]:
    return Items(items=await announcement_repository.next_recipients(db, announcement_id=announcement_id, limit=limit))


@router.post("/{announcement_id}/delivered")
async def delivered(announcement_id: PathId, body: AnnouncementDelivered, db: Db) -> Announcement:
    return await announcement_repository.record_delivery(db, announcement_id=announcement_id, page=body)


@router.post("/{announcement_id}/finish")
async def finish(announcement_id: PathId, body: LeaseFinish, db: Db) -> Announcement:
    return await announcement_repository.finish_announcement(
        db, announcement_id=announcement_id, worker=body.worker, error=body.error
    )
