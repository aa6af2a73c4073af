"""A message as it is written: each encoding is made once, however many connections it goes to."""

from functools import cached_property

from websockets.frames import Frame, Opcode

from back_redis.live_envelope import Envelope
from shared.models.notification import LiveMessage

RESUMABLE = "notification.created"
"""The messages that are stored, so that one can resume after them."""


class Message:
    """`text` is the JSON of a `LiveMessage`, sent to the letter; `type` and `id` are its own."""

    def __init__(self, type: str, id: str, text: str) -> None:  # noqa: A002
        self.type = type
        self.id = id
        self.text = text
        self.resumable = type == RESUMABLE

    @classmethod
    def published(cls, envelope: Envelope) -> "Message":
        return cls(envelope.type, envelope.id, envelope.text)

    @classmethod
    def from_live_message(cls, message: LiveMessage) -> "Message":
        return cls(message.type, message.id, message.model_dump_json())

    @cached_property
    def frame(self) -> bytes:
        """A WebSocket frame (RFC 6455), not masked and not compressed."""
        return Frame(Opcode.TEXT, self.text.encode()).serialize(mask=False)

    @cached_property
    def event(self) -> bytes:
        """A server-sent event. Only what can be resumed after has an `id`, since browsers come back with the last one."""
        head = f"id: {self.id}\n" if self.resumable else ""
        return f"{head}event: {self.type}\ndata: {self.text}\n\n".encode()
