"""`GET /internal/profiles/{user_id}` straight from row to bytes; every page pays for it (shared.chassis.direct_route)."""

from starlette.requests import Request
from starlette.responses import Response

from dependencies import parse_id, resources_of
from repositories import profile_repository
from shared.chassis.direct_route import DirectRoute


async def _profile(request: Request) -> Response:
    user_id = parse_id(request.path_params["user_id"])
    profile = await profile_repository.get_profile(resources_of(request).database, user_id=user_id)
    return Response(profile.__pydantic_serializer__.to_json(profile), media_type="application/json")


ROUTE = DirectRoute("/internal/profiles/{user_id}", _profile)
