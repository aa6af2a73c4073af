"""Peers as the workers see them, without a network."""

import json
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from typing import Any

from peers import Peers

from shared.models.notification import LiveMessage
from tests.in_process import InProcessClient

Reply = Any | Exception | Callable[[Any], Any]


class FakeService(InProcessClient):
    """Answers `METHOD path` with what `replies` has for it (a JSON value, an error, or a function of body or query)."""

    def __init__(self, name: str, replies: dict[str, Reply] | None = None) -> None:
        super().__init__(name, self)
        self.replies = replies or {}
        self.calls: list[tuple[str, Any]] = []

    def answer(self, method: str, path: str, params: dict[str, str], body: bytes) -> bytes:
        asked = json.loads(body) if body else params
        self.calls.append((f"{method} {path}", asked))
        reply = self.replies.get(f"{method} {path}")
        if callable(reply):
            reply = reply(asked)
        if isinstance(reply, Exception):
            raise reply
        return json.dumps(reply).encode()

    def made(self, call: str) -> list[Any]:
        """The bodies of the calls `METHOD path`."""
        return [body for made, body in self.calls if made == call]


class FakePublisher:
    """`back_redis.pubsub.LivePublisher`."""

    def __init__(self) -> None:
        self.published: list[tuple[str, LiveMessage]] = []
        self.error: Exception | None = None

    async def send(self, user_ids: Sequence[str], message: LiveMessage) -> None:
        await self.send_in_order([(user_ids, message)])

    async def send_in_order(self, messages: Sequence[tuple[Sequence[str], LiveMessage]]) -> None:
        if self.error:
            raise self.error
        self.published += [(user_id, message) for user_ids, message in messages for user_id in user_ids]


class FakeSender:
    """`features.notifications.mail.smtp.Sender`."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.error: Exception | None = None
        self.errors: dict[str, Exception] = {}

    async def send(self, message: EmailMessage) -> None:
        if error := self.error or self.errors.get(message["Message-ID"]):
            raise error
        self.sent.append(message)


def fake_peers(**known: Any) -> Peers:
    """`known` peers by the names of `Peers`; the others answer nothing."""
    names = ("back_api", "back_postgres", "back_cassandra")
    fakes: dict[str, Any] = {name: FakeService(name.replace("_", "-")) for name in names}
    fakes |= {"settings": None, "redis": None, "live": FakePublisher()}
    return Peers(**fakes | known)
