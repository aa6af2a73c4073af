"""Group `mail`: what people get by mail. Each event is claimed, since a mail cannot be unsent."""

from typing import Any

from mail.messages import Messages
from mail.sender import Sender

from consumers.declared import Consumer, on
from shared.chassis.client import ServiceClient
from shared.models.event_data import InvoiceIssued, RegistrationRepeated, SessionRevoked, UserRegistered
from shared.models.events import Event
from shared.models.user import User


def mail(back_postgres: ServiceClient, messages: Messages, sender: Sender) -> Consumer:
    async def send(template: str, event: Event, to: str, **values: Any) -> None:
        await sender.send(messages.render(template, event, to=to, **values))

    async def registered(event: Event, data: UserRegistered) -> None:
        await send("welcome", event, data.user.email, name=data.user.name)

    async def registration_repeated(event: Event, owner: RegistrationRepeated) -> None:
        await send("registration_repeated", event, owner.email, name=owner.name)

    async def invoice_issued(event: Event, data: InvoiceIssued) -> None:
        user = await back_postgres.get(f"/internal/users/{data.invoice.user_id}", model=User)
        await send("invoice", event, user.email, name=user.name, invoice=data.invoice)

    async def session_revoked(event: Event, session: SessionRevoked) -> None:
        user = await back_postgres.get(f"/internal/users/{session.user_id}", model=User)
        await send("session_revoked", event, user.email, name=user.name, ip=session.ip)

    return Consumer(
        group="mail",
        idempotency="claims",
        handlers=(
            on(UserRegistered, registered),
            on(RegistrationRepeated, registration_repeated),
            on(InvoiceIssued, invoice_issued),
            on(SessionRevoked, session_revoked),
        ),
    )
