"""Accounts and credentials."""

from typing import Annotated

from fastapi import APIRouter, Query

from dependencies import Cursor, Db, Limit, PathId
from repositories import credential_repository, user_repository
from shared.models.base import Items, Page
from shared.models.user import Credentials, CredentialsLookup, PasswordHash, Registered, RegisterUser, User, UserIds

router = APIRouter(prefix="/internal/users")


@router.post("/register", status_code=201)
async def register(body: RegisterUser, db: Db) -> Registered:
    return await credential_repository.register_user(db, user=body)


@router.post("/credentials")
async def credentials(body: CredentialsLookup, db: Db) -> Credentials:
    return await credential_repository.get_credentials(db, email=body.email)


@router.put("/{user_id}/password-hash", status_code=204)
async def password_hash(user_id: PathId, body: PasswordHash, db: Db) -> None:
    await credential_repository.replace_password_hash(db, user_id=user_id, password_hash=body.password_hash)


@router.get("")
async def search(
    db: Db, q: Annotated[str, Query(max_length=254)] = "", limit: Limit = 20, cursor: Cursor = None
) -> Page[User]:
    return await user_repository.list_users(db, limit=limit, cursor=cursor, q=q.strip())


@router.post("/batch")
async def batch(body: UserIds, db: Db) -> Items[User]:
    return Items(items=await user_repository.get_users(db, user_ids=body.ids))


@router.get("/{user_id}")
async def read(user_id: PathId, db: Db) -> User:
    return await user_repository.get_user(db, user_id=user_id)
