"""`/api/announcements`."""

from typing import Annotated

from dependencies import DEFAULT_LIMIT, Cursor, Limit, path_id
from fastapi import APIRouter, Depends, Header, Response

from shared.chassis.identity import Identity, requires
from shared.chassis.openapi import problems
from shared.chassis.responses import with_unavailable_message
from shared.models.announcement import Announcement, AnnouncementCreate, AudienceQuestion, AudienceSize
from shared.models.base import Page, Text

from .dependencies import Domain

router = APIRouter(route_class=with_unavailable_message("Announcements are"), responses=problems(403, 503))
Announcer = Annotated[Identity, Depends(requires("announcements:write"))]
MayWrite = Depends(requires("announcements:write"))
IdempotencyKey = Annotated[Text, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


@router.post(
    "/api/announcements",
    status_code=202,
    responses=problems(409),
    summary="Announce something to an audience",
)
async def create(
    announcement: AnnouncementCreate, user: Announcer, domain: Domain, key: IdempotencyKey, response: Response
) -> Announcement:
    made = await domain.create(announcement, created_by=user.user_id, idempotency_key=key)
    response.headers["Location"] = f"/api/announcements/{made.id}"
    return made


@router.get("/api/announcements", dependencies=[MayWrite], summary="All, newest first")
async def list_announcements(domain: Domain, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Page[Announcement]:
    return await domain.list_announcements(limit=limit, cursor=cursor)


@router.post(
    "/api/announcements/audience",
    dependencies=[MayWrite],
    summary="How many would get it",
)
async def audience(question: AudienceQuestion, domain: Domain) -> AudienceSize:
    return await domain.size(question)


@router.get(
    "/api/announcements/{announcement_id}",
    dependencies=[MayWrite],
    responses=problems(404),
    summary="One, with how far it is",
)
async def read(announcement_id: Annotated[str, Depends(path_id("announcement_id"))], domain: Domain) -> Announcement:
    return await domain.get(announcement_id)
