"""`/api/profile`, `/api/profile/avatar` and `/api/avatars/{avatar_id}`."""

from typing import Annotated

from dependencies import path_id
from etags import NOT_MODIFIED, IfMatch, is_current
from fastapi import APIRouter, Depends, Request, Response

from shared.chassis.direct_route import DirectRoute
from shared.chassis.identity import CurrentUser, authenticate
from shared.chassis.openapi import problems
from shared.chassis.responses import NO_CONTENT, etag, explaining_unavailable, json_response, with_unavailable_message
from shared.models.profile import Profile, ProfileCreate, ProfileUpdate

from .dependencies import Domain, profile_domain
from .upload import picture_body, picture_openapi

IMMUTABLE = "public, max-age=31536000, immutable"
WHAT = "Your profile is"
router = APIRouter(route_class=with_unavailable_message(WHAT), responses=problems(503))


@router.post("/api/profile", status_code=201, responses=problems(409), summary="Create")
async def create(profile: ProfileCreate, user: CurrentUser, domain: Domain, response: Response) -> Profile:
    response.headers["Location"] = "/api/profile"
    return await domain.create(user.user_id, profile)


@router.get("/api/profile", response_model=Profile, responses={**NOT_MODIFIED, **problems(404)}, summary="Read")
async def read(user: CurrentUser, domain: Domain, request: Request) -> Response:
    profile = await domain.get(user.user_id)
    if is_current(request, tag := etag(profile.version)):
        return Response(status_code=304, headers={"ETag": tag})
    return json_response(profile)


async def _read_directly(request: Request) -> Response:
    return await read(await authenticate(request), await profile_domain(request), request)


direct_routes = (DirectRoute("/api/profile", explaining_unavailable(WHAT, _read_directly)),)


@router.patch("/api/profile", responses=problems(404, 412), summary="Change what is sent")
async def change(update: ProfileUpdate, user: CurrentUser, domain: Domain, if_match: IfMatch) -> Profile:
    return await domain.change(user.user_id, update, if_match)


@router.delete("/api/profile", status_code=NO_CONTENT, responses=problems(404, 412), summary="Delete")
async def delete(user: CurrentUser, domain: Domain, if_match: IfMatch) -> None:
    await domain.delete(user.user_id, if_match)


@router.put(
    "/api/profile/avatar",
    responses=problems(404, 412, 413, 415, 429),
    openapi_extra=picture_openapi(),
    summary="Set the picture",
)
async def set_avatar(
    content: Annotated[bytes, Depends(picture_body)], user: CurrentUser, domain: Domain, if_match: IfMatch
) -> Profile:
    return await domain.set_avatar(user.user_id, content, if_match)


@router.delete("/api/profile/avatar", responses=problems(404, 412), summary="Remove the picture")
async def remove_avatar(user: CurrentUser, domain: Domain, if_match: IfMatch) -> Profile:
    return await domain.remove_avatar(user.user_id, if_match)


@router.get(
    "/api/avatars/{avatar_id}",
    response_class=Response,
    responses={200: {"content": {"image/webp": {}}, "description": "256×256 WebP"}, **NOT_MODIFIED, **problems(404)},
    summary="A picture",
)
async def avatar(
    avatar_id: Annotated[str, Depends(path_id("avatar_id"))], domain: Domain, request: Request
) -> Response:
    headers = {"ETag": f'"{avatar_id}"', "Cache-Control": IMMUTABLE, "X-Content-Type-Options": "nosniff"}
    if is_current(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(await domain.avatar(avatar_id), media_type="image/webp", headers=headers)
