"""Peers as the workers see them, without a network."""

import asyncio
import json as jsonlib
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from pydantic import BaseModel

from shared.chassis.client import Params, ServiceClient, body_of

Reply = Any | Exception | Callable[[Any], Any]


class FakeService(ServiceClient):
    """Answers `METHOD path` with what `replies` has for it (a JSON value, an error, or a function of the body)."""

    def __init__(self, name: str, replies: dict[str, Reply] | None = None) -> None:
        super().__init__(name, "http://nowhere")
        self.replies = replies or {}
        self.calls: list[tuple[str, Any]] = []

    async def call(
        self,
        method: str,
        path: str,
        *,
        json: BaseModel | None = None,
        params: Params | None = None,
        content: bytes | None = None,
        content_type: str = "application/octet-stream",
    ) -> bytes:
        await asyncio.sleep(0)
        body = jsonlib.loads(body_of(json)) if json is not None else dict(params or {})
        self.calls.append((f"{method} {path}", body))
        reply = self.replies.get(f"{method} {path}")
        if callable(reply):
            reply = reply(body)
        if isinstance(reply, Exception):
            raise reply
        return jsonlib.dumps(reply).encode()

    def made(self, call: str) -> list[Any]:
        """The bodies of the calls `METHOD path`."""
        return [body for made, body in self.calls if made == call]


class FakePublisher:
    """`back_redis.pubsub.Publisher`."""

    def __init__(self) -> None:
        self.published: list[tuple[str, Any]] = []
        self.error: Exception | None = None

    async def publish(self, channel: str, message: BaseModel) -> int:
        if self.error:
            raise self.error
        self.published.append((channel, message))
        return 1


class FakeSender:
    """`mail.sender.Sender`."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.error: Exception | None = None

    async def send(self, message: EmailMessage) -> None:
        if self.error:
            raise self.error
        self.sent.append(message)
