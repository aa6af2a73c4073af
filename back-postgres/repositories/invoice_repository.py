"""Reads invoices. `invoice_batch_repository` writes them."""

from connection import Row
from database import Database
from repositories import paging
from shared.models.billing import Invoice
from shared.models.invoice_list import InvoicePage, InvoiceQuery, ListedInvoice
from shared.models.lists import MOST_COUNTED
from shared.utils.errors import NotFound

_COLUMNS = """
    id, number, user_id, subscription_id, run_id, period, plan, currency, amount_minor, state, issued_at, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('description', l.description, 'quantity', l.quantity,
            'unit_amount_minor', l.unit_amount_minor, 'amount_minor', l.amount_minor) ORDER BY l.position), '[]')
        FROM invoice_lines l WHERE l.invoice_id = invoices.id
    ) AS lines, (SELECT u.email FROM users u WHERE u.id = invoices.user_id) AS email,
    (SELECT u.name FROM users u WHERE u.id = invoices.user_id) AS name
"""
_GET = f"SELECT {_COLUMNS} FROM invoices WHERE id = $1 AND ($2::uuid IS NULL OR user_id = $2)"


def _where(first: int, names: tuple[str, ...]) -> str:
    return " AND ".join(["true", *(f"{name} = ${at}::uuid" for at, name in enumerate(names, first))])


def list_by(*names: str) -> str:
    """A page of the invoices that have the given values in the columns `names`."""
    return f"SELECT {_COLUMNS} FROM invoices WHERE id < $1 AND {_where(3, names)} ORDER BY id DESC LIMIT $2"


def _count_by(*names: str) -> str:
    rows = f"SELECT FROM invoices WHERE {_where(1, names)} LIMIT {MOST_COUNTED + 1}"
    return f"SELECT count(*) AS total FROM ({rows}) AS counted"


def invoice_of(row: Row) -> Invoice:
    return Invoice.model_validate(dict(row))


def _listed(row: Row) -> ListedInvoice:
    return ListedInvoice.model_validate(dict(row))


async def list_invoices(db: Database, query: InvoiceQuery) -> InvoicePage:
    """Newest first."""
    given = {name: value for name in ("user_id", "run_id") if (value := getattr(query, name))}
    rows = await db.fetch_all(list_by(*given), paging.before(query.cursor), query.limit + 1, *given.values())
    page = paging.page_of(rows, query.limit, _listed)
    if not query.count:
        return InvoicePage(items=page.items, next_cursor=page.next_cursor)
    total = int((await db.fetch_all(_count_by(*given), *given.values()))[0]["total"])
    return InvoicePage(
        items=page.items, next_cursor=page.next_cursor, total=min(total, MOST_COUNTED), more=total > MOST_COUNTED
    )


async def get_invoice(db: Database, *, invoice_id: str, user_id: str | None = None) -> ListedInvoice:
    """
    Raises:
        NotFound: there is no such invoice, or it is not this user's.
    """
    if row := await db.fetch_one(_GET, invoice_id, user_id):
        return _listed(row)
    raise NotFound("There is no such invoice.")
