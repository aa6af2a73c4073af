"""`GET /api/me`."""

from fastapi import APIRouter

from shared.chassis.identity import CurrentUser
from shared.chassis.openapi import problems
from shared.chassis.responses import with_unavailable_message
from shared.models.user import Me

from .dependencies import Domain

router = APIRouter(route_class=with_unavailable_message("Your account is"), responses=problems(503))


@router.get("/api/me", responses=problems(404), summary="Who is logged in")
async def me(user: CurrentUser, domain: Domain) -> Me:
    return await domain.me(user.user_id)
