"""Messages about the verification of an address."""

from features.notifications.links import verification_page
from features.notifications.message import EventMessage, MessageModel
from shared.models.email_verification import EmailVerificationRequested
from shared.models.events import Event


class ConfirmEmailMessage(MessageModel):
    """By mail only."""

    key = "confirm_email"
    kind = "security"


def _requested(event: Event, data: EmailVerificationRequested) -> EventMessage:
    message = ConfirmEmailMessage(mail_link=verification_page(data.verification))
    return EventMessage(event, event.user_id or "", message)


MAIL_MESSAGES = {EmailVerificationRequested: _requested}
