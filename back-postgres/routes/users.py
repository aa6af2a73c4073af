"""Accounts."""

from typing import Annotated

from fastapi import APIRouter, Query

from dependencies import Cursor, Db, Limit, PathId
from repositories import user_repository
from shared.models.base import Items, Page
from shared.models.user import User, UserIds

router = APIRouter(prefix="/internal/users")


@router.get("")
async def list_users(
    db: Db, q: Annotated[str, Query(max_length=254)] = "", limit: Limit = 20, cursor: Cursor = None
) -> Page[User]:
    return await user_repository.list_users(db, limit=limit, cursor=cursor, q=q.strip())


@router.post("/batch")
async def batch(body: UserIds, db: Db) -> Items[User]:
    return Items(items=await user_repository.get_users(db, user_ids=body.ids))


@router.get("/{user_id}")
async def read(user_id: PathId, db: Db) -> User:
    return await user_repository.get_user(db, user_id=user_id)
