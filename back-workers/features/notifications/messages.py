"""What an event tells whom: the one place that turns events into something that is said."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from features.notifications import message as said
from features.notifications.catalogue import Catalogue
from features.notifications.locale import Reader
from features.notifications.message import Said
from shared.models.email_verification import EmailVerificationLink
from shared.models.event_data import (
    AccountLocked,
    EmailVerificationRequested,
    InvoiceIssued,
    RegistrationRepeated,
    SessionRevoked,
    UserRegistered,
)
from shared.models.events import EVENT_DATA, Event, EventData
from shared.models.notification import NewNotification


class NothingToTell(LookupError):
    """The event is of no kind that people are told of."""


@dataclass(frozen=True)
class Telling:
    """What is said to `user_id` about `event`."""

    event: Event
    user_id: str
    said: Said

    def named(self, name: str | None) -> Self:
        """With the name of its reader, where it has one that may be used."""
        if getattr(self.said, "name", "") is None:
            return replace(self, said=self.said.model_copy(update={"name": name}))
        return self


def telling(event: Event) -> Telling:
    """What `event` tells.

    Raises:
        NothingToTell: nothing.
    """
    model = EVENT_DATA.get((event.type, event.version), EventData)
    match model.of(event):
        case UserRegistered() as data:
            return Telling(event, data.user.id, said.Welcome(name=None, mail_link=_confirmation(data.verification)))
        case EmailVerificationRequested() as data:
            return Telling(event, event.user_id or "", said.ConfirmEmail(mail_link=_confirmation(data.verification)))
        case RegistrationRepeated():
            return Telling(event, event.user_id or "", said.RegistrationRepeated(name=None))
        case InvoiceIssued() as data:
            return Telling(event, data.invoice.user_id, _invoice(data))
        case SessionRevoked() as data:
            return Telling(event, data.user_id, said.EndedSession(name=None, ip=data.ip, at=event.occurred_at))
        case AccountLocked() as data:
            return Telling(event, data.user_id, said.LockedAccount(name=None, ip=data.ip, at=event.occurred_at))
        case _:
            raise NothingToTell(event.type)


def notification(told: Telling, texts: Catalogue, reader: Reader) -> NewNotification:
    """As it is stored, in the words of its reader; its id is the event's, so that storing it twice is the same as once."""
    title, body = texts.in_app(told.said, reader)
    return NewNotification(
        id=told.event.id,
        user_id=told.user_id,
        kind=told.said.kind,
        title=title,
        body=body,
        link=told.said.link,
        created_at=told.event.occurred_at,
    )


def _confirmation(link: EmailVerificationLink | None) -> str | None:
    return f"/verify-email?token={link.token}" if link else None


def _invoice(data: InvoiceIssued) -> said.NewInvoice:
    invoice = data.invoice

    def money(minor: int) -> said.Money:
        return said.Money(minor=minor, currency=invoice.currency)

    return said.NewInvoice(
        name=None,
        number=invoice.number,
        period=date.fromisoformat(f"{invoice.period}-01"),
        total=money(invoice.amount_minor),
        lines=tuple(
            said.Line(label=line.description, quantity=line.quantity, amount=money(line.amount_minor))
            for line in invoice.lines
        ),
    )
