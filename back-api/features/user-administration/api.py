"""`/api/users`, for callers who hold `users:read`."""

from typing import Annotated

from dependencies import DEFAULT_LIMIT, Cursor, Limit, path_id
from fastapi import APIRouter, Depends, Query

from shared.chassis.identity import requires
from shared.chassis.openapi import problems
from shared.chassis.responses import with_unavailable_message
from shared.models.base import Page, Text
from shared.models.user import User

from .dependencies import Domain

router = APIRouter(
    route_class=with_unavailable_message("The list of accounts is"),
    dependencies=[Depends(requires("users:read"))],
    responses=problems(403, 503),
)
Search = Annotated[Text | None, Query(max_length=100, description="Part of an address or a name")]


@router.get("/api/users", summary="Search the accounts")
async def list_users(
    domain: Domain, q: Search = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Page[User]:
    return await domain.list_users(q, limit=limit, cursor=cursor)


@router.get("/api/users/{user_id}", responses=problems(404), summary="One account")
async def read(user_id: Annotated[str, Depends(path_id("user_id"))], domain: Domain) -> User:
    return await domain.get(user_id)
