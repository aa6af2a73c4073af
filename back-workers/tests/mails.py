"""Rendered mails, and the people they go to."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from features.notifications.mail.renderer import MailRenderer
from features.notifications.registry import message_for

from shared.models.events import Event
from shared.models.notification_preferences import Recipient

ANN = Recipient(user_id="u", email="ann@example.com", email_verified=True, name="Ann")
STRANGER = ANN.model_copy(update={"email_verified": False, "name": "Your account is locked, call us"})
GERMAN = ANN.model_copy(update={"locale": "de-DE", "time_zone": "Europe/Berlin"})


def mail_of(renderer: MailRenderer, event: Event, to: Recipient = ANN) -> EmailMessage:
    message = message_for(event).addressed_to(to.mail_name).message
    known: dict[str, Any] = {"message_id": event.id, "at": event.occurred_at, "correlation_id": "correlation-1"}
    return renderer.render(message, to, **known)


def parts(message: EmailMessage) -> tuple[str, str]:
    """Text and HTML, as a mail program gets them."""
    parsed = message_from_bytes(message.as_bytes(), policy=policy.default)
    text = parsed.get_body(("plain",))
    html = parsed.get_body(("html",))
    assert text
    assert html
    return text.get_content(), html.get_content()
