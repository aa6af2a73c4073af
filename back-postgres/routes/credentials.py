"""Registration and password hashes, for back-auth."""

from fastapi import APIRouter

from dependencies import Db, PathId
from repositories import credential_repository
from shared.models.user import Credentials, CredentialsLookup, PasswordHash, Registered, RegisterUser

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
