"""Lists of invoices, and an invoice with whom it is for, as staff read them."""

from pydantic import Field

from shared.models.base import Text
from shared.models.billing import Invoice
from shared.models.lists import CountedPage, CountedQuery

_ID = r"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"


class InvoiceQuery(CountedQuery):
    """`GET /api/billing/invoices`, newest first; what is absent narrows nothing."""

    user_id: Text | None = Field(default=None, pattern=_ID, description="Whose invoices")
    run_id: Text | None = Field(default=None, pattern=_ID, description="The billing run that issued them")


class ListedInvoice(Invoice):
    """An invoice with the name and the address of whom it is for."""

    email: str
    name: str | None = None


class InvoicePage(CountedPage[ListedInvoice]):
    """A page of `GET /api/billing/invoices`."""
