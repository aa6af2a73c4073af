"""Profile images. back-api has checked and converted them; here they are bytes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from dependencies import Db, PathId, Version
from repositories import avatar_repository
from shared.models.profile import Profile
from shared.utils.errors import UnsupportedMedia

WEBP = "image/webp"
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
router = APIRouter(prefix="/internal")


@router.get("/avatars/{avatar_id}", response_class=Response)
async def read(avatar_id: PathId, db: Db) -> Response:
    content = await avatar_repository.get_avatar(db, avatar_id=avatar_id)
    return Response(content, media_type=WEBP, headers=FOR_EVER)


@router.put("/profiles/{user_id}/avatar")
async def replace(user_id: PathId, request: Request, db: Db, version: Version = None) -> Profile:
    if request.headers.get("content-type") != WEBP:
        raise UnsupportedMedia(f"Send the image as {WEBP}.")
    content = await request.body()
    return await avatar_repository.replace_avatar(db, user_id=user_id, content=content, version=version)


@router.delete("/profiles/{user_id}/avatar")
async def delete(user_id: PathId, db: Db, version: Version = None) -> Profile:
    return await avatar_repository.delete_avatar(db, user_id=user_id, version=version)
