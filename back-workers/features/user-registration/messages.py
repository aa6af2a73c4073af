"""Messages about a registration."""

from features.notifications.links import verification_page
from features.notifications.message import EventMessage, MessageModel, PersonName
from shared.models.events import Event
from shared.models.user import RegistrationRepeated, UserRegistered


class WelcomeMessage(MessageModel):
    """`mail_link` confirms the address, where it is not confirmed yet."""

    key = "welcome"
    kind = "welcome"
    link: str | None = "/app/profile/create"
    name: PersonName | None


class RepeatedRegistrationMessage(MessageModel):
    """By mail only, to the owner of the address."""

    key = "registration_repeated"
    kind = "security"
    link: str | None = "/login"
    name: PersonName | None


def _registered(event: Event, data: UserRegistered) -> EventMessage:
    message = WelcomeMessage(name=None, mail_link=verification_page(data.verification))
    return EventMessage(event, data.user.id, message)


def _registered_again(event: Event, _: RegistrationRepeated) -> EventMessage:
    return EventMessage(event, event.user_id or "", RepeatedRegistrationMessage(name=None))


MAIL_MESSAGES = {UserRegistered: _registered, RegistrationRepeated: _registered_again}
IN_APP_MESSAGES = {UserRegistered: _registered}
