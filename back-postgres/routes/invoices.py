"""Invoices."""

from typing import Annotated

from fastapi import APIRouter, Query

from dependencies import Db, PathId
from repositories import invoice_repository
from shared.models.invoice_list import InvoicePage, InvoiceQuery, ListedInvoice

router = APIRouter(prefix="/internal/invoices")
OfUser = Annotated[str | None, Query(max_length=36)]


@router.get("")
async def list_invoices(db: Db, query: Annotated[InvoiceQuery, Query()]) -> InvoicePage:
    return await invoice_repository.list_invoices(db, query)


@router.get("/{invoice_id}")
async def read(invoice_id: PathId, db: Db, user_id: OfUser = None) -> ListedInvoice:
    return await invoice_repository.get_invoice(db, invoice_id=invoice_id, user_id=user_id)
