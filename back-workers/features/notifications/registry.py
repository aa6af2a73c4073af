"""The messages of all features, found in their `messages.py`."""

from functools import cache

from discovery import merged, modules

from features.notifications.message import EventMessage, MakeMessage, MessageModel
from shared.models.event_data import EVENT_DATA
from shared.models.events import Event, EventData


class NoMessage(LookupError):
    """This event sends no message."""


@cache
def mail_messages() -> dict[type[EventData], MakeMessage]:
    """By the class of event data: the events that send a mail."""
    return merged("messages", "MAIL_MESSAGES")


@cache
def in_app_messages() -> dict[type[EventData], MakeMessage]:
    """By the class of event data: the events that send a notification in the page."""
    return merged("messages", "IN_APP_MESSAGES")


@cache
def message_models() -> tuple[type[MessageModel], ...]:
    """Every message that people can get."""
    return tuple(
        value
        for module in modules("messages")
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, MessageModel) and value.__module__ == module.__name__
    )


def message_for(event: Event) -> EventMessage:
    """The message that `event` sends to its user.

    Raises:
        NoMessage: it sends none.
    """
    model = EVENT_DATA.get((event.type, event.version), EventData)
    make = (mail_messages() | in_app_messages()).get(model)
    if make is None:
        raise NoMessage(event.type)
    return make(event, model.from_event(event))
