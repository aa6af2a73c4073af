"""`GET /api/me`."""

from fastapi import APIRouter, Response
from responses import json_response, with_unavailable_message

from shared.chassis.identity import CurrentUser
from shared.chassis.openapi import problems
from shared.models.user import Me

from .dependencies import Domain

router = APIRouter(route_class=with_unavailable_message("Your account is"), responses=problems(503))


@router.get("/api/me", response_model=Me, responses=problems(404), summary="Who is logged in")
async def me(user: CurrentUser, domain: Domain) -> Response:
    return json_response(await domain.me(user.user_id))
