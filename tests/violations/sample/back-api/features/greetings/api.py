"""`/api/greetings`."""

from typing import Annotated

from fastapi import APIRouter, Query

from shared.chassis.identity import CurrentUser
from shared.chassis.openapi import problems
from shared.chassis.responses import with_unavailable_message
from shared.models.base import Page
from shared.models.profile import Profile, ProfileCreate
from shared.utils.errors import Conflict

router = APIRouter(route_class=with_unavailable_message("Greetings are"), responses=problems(503))


@router.post("/api/greetings", status_code=201, responses=problems(409))
async def greet(body: ProfileCreate, user: CurrentUser) -> Profile:
    raise Conflict(f"{user.user_id} has greeted already: {body.name}")


@router.get("/api/greetings")
async def greetings(user: CurrentUser, limit: Annotated[int, Query()] = 20, cursor: str = "") -> Page[Profile]:
    raise Conflict(f"{user.user_id}, {limit}, {cursor}")
