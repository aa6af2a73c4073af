"""A user's own invoices, and everybody's for staff."""

from typing import Protocol

from shared.models.base import Page
from shared.models.billing import Invoice
from shared.models.invoice_list import InvoicePage, InvoiceQuery, ListedInvoice
from shared.utils.errors import NotFound


class InvoiceNotFound(NotFound):
    """Also the answer for another user's invoice."""

    def __init__(self) -> None:
        super().__init__("You have no such invoice.")


class UnknownInvoice(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such invoice.")


class InvoiceStore(Protocol):
    """back-postgres, which looks among the invoices of `user_id` only where one is named."""

    async def list_invoices(self, user_id: str, *, limit: int, cursor: str | None) -> Page[Invoice]: ...

    async def get(self, user_id: str, invoice_id: str) -> Invoice:
        """Raises InvoiceNotFound."""
        ...

    async def list_of_all(self, query: InvoiceQuery) -> InvoicePage: ...

    async def get_of_all(self, invoice_id: str) -> ListedInvoice:
        """Raises UnknownInvoice."""
        ...


class InvoiceDomain:
    def __init__(self, store: InvoiceStore) -> None:
        self._store = store

    async def list_invoices(self, user_id: str, *, limit: int, cursor: str | None) -> Page[Invoice]:
        return await self._store.list_invoices(user_id, limit=limit, cursor=cursor)

    async def get(self, user_id: str, invoice_id: str) -> Invoice:
        """Raises InvoiceNotFound."""
        invoice = await self._store.get(user_id, invoice_id)
        if invoice.user_id != user_id:
            raise InvoiceNotFound
        return invoice

    async def list_of_all(self, query: InvoiceQuery) -> InvoicePage:
        return await self._store.list_of_all(query)

    async def get_of_all(self, invoice_id: str) -> ListedInvoice:
        """Raises UnknownInvoice."""
        return await self._store.get_of_all(invoice_id)
