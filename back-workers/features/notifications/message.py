"""Messages to people, as typed values: the base of those in every feature's `messages.py`.

A text may use the fields of its message. A text that uses anything else is refused at startup.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict

from shared.models.events import Event
from shared.models.notification import NotificationKind
from shared.utils.texts import one_line

PersonName = Annotated[str, AfterValidator(one_line)]
"""Also of an account that is older than the rule of one line."""


class Money(BaseModel):
    """Minor units of an ISO 4217 currency."""

    minor: int
    currency: str


class MessageModel(BaseModel):
    """`key` names the texts, `kind` the preference that it falls under, `link` the page that it leads to.

    `mail_link` replaces `link` in the mail: it may carry a secret that only whoever reads the mail should have.
    """

    model_config = ConfigDict(frozen=True)
    key: ClassVar[str]
    kind: ClassVar[NotificationKind]
    link: str | None = None
    mail_link: str | None = None


@dataclass(frozen=True)
class EventMessage:
    """The message that `user_id` gets about `event`."""

    event: Event
    user_id: str
    message: MessageModel

    def addressed_to(self, name: str | None) -> Self:
        """With the recipient's name, where the message has a place for it."""
        if getattr(self.message, "name", "") is None:
            return replace(self, message=self.message.model_copy(update={"name": name}))
        return self


MakeMessage = Callable[[Event, Any], EventMessage]
"""Makes a user's message from an event and its data."""
