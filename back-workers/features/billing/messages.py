"""Messages about invoices."""

from datetime import date

from pydantic import BaseModel

from features.notifications.message import EventMessage, MessageModel, Money, PersonName
from shared.models.billing_events import InvoiceIssued
from shared.models.events import Event


class InvoiceLine(BaseModel):
    label: str
    quantity: int
    amount: Money


class InvoiceMessage(MessageModel):
    """`period` is the first day of the month that is billed."""

    key = "invoice"
    kind = "invoice"
    link: str | None = "/app/billing"
    name: PersonName | None
    number: str
    period: date
    total: Money
    lines: tuple[InvoiceLine, ...]


def _issued(event: Event, data: InvoiceIssued) -> EventMessage:
    invoice = data.invoice

    def money(minor: int) -> Money:
        return Money(minor=minor, currency=invoice.currency)

    message = InvoiceMessage(
        name=None,
        number=invoice.number,
        period=date.fromisoformat(f"{invoice.period}-01"),
        total=money(invoice.amount_minor),
        lines=tuple(
            InvoiceLine(label=line.description, quantity=line.quantity, amount=money(line.amount_minor))
            for line in invoice.lines
        ),
    )
    return EventMessage(event, invoice.user_id, message)


MAIL_MESSAGES = {InvoiceIssued: _issued}
IN_APP_MESSAGES = {InvoiceIssued: _issued}
