"""Links that prove an e-mail address."""

from fastapi import APIRouter

from dependencies import Db, PathId
from repositories import email_verification_repository
from shared.models.email_verification import EmailVerificationLookup, NewEmailVerification, VerifiedEmail

router = APIRouter(prefix="/internal")


@router.put("/users/{user_id}/email-verification", status_code=204)
async def request_verification(user_id: PathId, body: NewEmailVerification, db: Db) -> None:
    await email_verification_repository.request_verification(db, user_id=user_id, verification=body)


@router.post("/email-verifications/confirm")
async def confirm(body: EmailVerificationLookup, db: Db) -> VerifiedEmail:
    return await email_verification_repository.confirm(db, token_hash=body.token_hash)
