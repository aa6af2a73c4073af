"""Reads invoices. `invoice_batch_repository` writes them."""

from connection import Row
from database import Database
from repositories import paging
from shared.models.base import Page
from shared.models.billing import Invoice
from shared.utils.errors import NotFound

_COLUMNS = """
    id, number, user_id, subscription_id, run_id, period, plan, currency, amount_minor, state, issued_at, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('description', l.description, 'quantity', l.quantity,
            'unit_amount_minor', l.unit_amount_minor, 'amount_minor', l.amount_minor) ORDER BY l.position), '[]')
        FROM invoice_lines l WHERE l.invoice_id = invoices.id
    ) AS lines
"""
LIST = f"SELECT {_COLUMNS} FROM invoices WHERE id < $1 ORDER BY id DESC LIMIT $2"
LIST_OF = f"SELECT {_COLUMNS} FROM invoices WHERE user_id = $3 AND id < $1 ORDER BY id DESC LIMIT $2"
_GET = f"SELECT {_COLUMNS} FROM invoices WHERE id = $1 AND ($2::uuid IS NULL OR user_id = $2)"


def invoice_of(row: Row) -> Invoice:
    return Invoice.model_validate(dict(row))


async def list_invoices(
    db: Database, *, limit: int, cursor: str | None = None, user_id: str | None = None
) -> Page[Invoice]:
    """Newest first; with `user_id` only that user's."""
    page = paging.before(cursor), limit + 1
    rows = await (db.fetch_all(LIST_OF, *page, user_id) if user_id else db.fetch_all(LIST, *page))
    return paging.page_of(rows, limit, invoice_of)


async def get_invoice(db: Database, *, invoice_id: str, user_id: str | None = None) -> Invoice:
    """
    Raises:
        NotFound: there is no such invoice, or it is not this user's.
    """
    if row := await db.fetch_one(_GET, invoice_id, user_id):
        return invoice_of(row)
    raise NotFound("There is no such invoice.")
