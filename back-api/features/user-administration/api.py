"""`/api/users`, for callers who hold `users:read`."""

from typing import Annotated

from dependencies import path_id
from fastapi import APIRouter, Depends, Query

from shared.chassis.identity import requires
from shared.chassis.openapi import problems
from shared.chassis.responses import with_unavailable_message
from shared.models.user import User
from shared.models.user_list import UserPage, UserQuery

from .dependencies import Domain

router = APIRouter(
    route_class=with_unavailable_message("The list of accounts is"),
    dependencies=[Depends(requires("users:read"))],
    responses=problems(403, 503),
)


@router.get("/api/users", summary="List the accounts")
async def list_users(domain: Domain, query: Annotated[UserQuery, Query()]) -> UserPage:
    return await domain.list_users(query)


@router.get("/api/users/{user_id}", responses=problems(404), summary="One account")
async def read(user_id: Annotated[str, Depends(path_id("user_id"))], domain: Domain) -> User:
    return await domain.get(user_id)
