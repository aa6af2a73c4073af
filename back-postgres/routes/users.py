"""Accounts."""

from typing import Annotated

from fastapi import APIRouter, Query

from dependencies import Db, PathId
from repositories import user_list, user_repository
from shared.models.base import Items
from shared.models.user import User, UserIds
from shared.models.user_list import StoredUserQuery, UserPage

router = APIRouter(prefix="/internal/users")


@router.get("")
async def list_users(db: Db, query: Annotated[StoredUserQuery, Query()]) -> UserPage:
    return await user_list.list_users(db, query)


@router.post("/batch")
async def batch(body: UserIds, db: Db) -> Items[User]:
    return Items(items=await user_repository.get_users(db, user_ids=body.ids))


@router.get("/{user_id}")
async def read(user_id: PathId, db: Db) -> User:
    return await user_repository.get_user(db, user_id=user_id)
