"""Group `mail`: what people get by mail. Each event is claimed, since a mail cannot be unsent."""

from typing import Any

from mail.messages import Messages
from mail.sender import Sender

from consumers.declared import Consumer
from shared.chassis.client import ServiceClient
from shared.models.billing import Invoice
from shared.models.events import Event
from shared.models.session import SessionRevoked
from shared.models.user import User


def mail(back_postgres: ServiceClient, messages: Messages, sender: Sender) -> Consumer:
    async def send(template: str, event: Event, to: str, **values: Any) -> None:
        await sender.send(messages.render(template, event, to=to, **values))

    async def registered(event: Event) -> None:
        user = event.data["user"]
        await send("welcome", event, user["email"], name=user.get("name"))

    async def registration_repeated(event: Event) -> None:
        await send("registration_repeated", event, event.data["email"], name=event.data.get("name"))

    async def invoice_issued(event: Event) -> None:
        invoice = Invoice.model_validate(event.data["invoice"])
        user = await back_postgres.get(f"/internal/users/{invoice.user_id}", model=User)
        await send("invoice", event, user.email, name=user.name, invoice=invoice)

    async def session_revoked(event: Event) -> None:
        session = SessionRevoked.model_validate(event.data)
        user = await back_postgres.get(f"/internal/users/{session.user_id}", model=User)
        await send("session_revoked", event, user.email, name=user.name, ip=session.ip)

    return Consumer(
        group="mail",
        once=True,
        handlers={
            "user.registered": registered,
            "user.registration_repeated": registration_repeated,
            "invoice.issued": invoice_issued,
            "session.revoked": session_revoked,
        },
    )
