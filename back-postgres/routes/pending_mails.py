"""Mails that wait: back-workers adds, claims and marks them."""

from fastapi import APIRouter

from dependencies import Db
from repositories import pending_mail_repository
from shared.models.base import Items
from shared.models.pending_mail import DueMail, FailedMails, MailClaim, PendingMails, SentMails

router = APIRouter(prefix="/internal/pending-mails")


@router.post("", status_code=204)
async def add(body: PendingMails, db: Db) -> None:
    await pending_mail_repository.add(db, mails=body.items)


@router.post("/claim")
async def claim(body: MailClaim, db: Db) -> Items[DueMail]:
    return Items(items=await pending_mail_repository.claim(db, claim=body))


@router.post("/sent", status_code=204)
async def sent(body: SentMails, db: Db) -> None:
    await pending_mail_repository.mark_sent(db, mails=body.items)


@router.post("/failed", status_code=204)
async def failed(body: FailedMails, db: Db) -> None:
    await pending_mail_repository.mark_failed(db, mails=body.items)
