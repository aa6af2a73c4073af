"""`GET /api/presence?user_id=&user_id=`, for callers who may read users."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from shared.chassis.identity import requires
from shared.chassis.openapi import problems
from shared.chassis.responses import with_unavailable_message
from shared.models.base import Text
from shared.models.presence import Presence

from .dependencies import Domain

router = APIRouter(route_class=with_unavailable_message("Who is connected is"), responses=problems(403, 503))
UserIds = Annotated[list[Annotated[Text, Query(max_length=64)]], Query(max_length=100, description="Up to 100 users")]


@router.get(
    "/api/presence",
    summary="Who is connected",
    dependencies=[Depends(requires("users:read"))],
)
async def presence(domain: Domain, user_id: UserIds = []) -> Presence:  # noqa: B006 - FastAPI copies it
    return await domain.get_presence(user_id)
