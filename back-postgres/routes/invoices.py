"""Invoices."""

from typing import Annotated

from fastapi import APIRouter, Query

from dependencies import Cursor, Db, Limit, PathId
from repositories import invoice_repository
from shared.models.base import Page
from shared.models.billing import Invoice

router = APIRouter(prefix="/internal/invoices")
OfUser = Annotated[str | None, Query(max_length=36)]


@router.get("")
async def list_invoices(db: Db, user_id: OfUser = None, limit: Limit = 20, cursor: Cursor = None) -> Page[Invoice]:
    return await invoice_repository.list_invoices(db, limit=limit, cursor=cursor, user_id=user_id)


@router.get("/{invoice_id}")
async def read(invoice_id: PathId, db: Db, user_id: OfUser = None) -> Invoice:
    return await invoice_repository.get_invoice(db, invoice_id=invoice_id, user_id=user_id)
