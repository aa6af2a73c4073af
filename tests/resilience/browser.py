"""What one open tab does: it listens, reconnects with the last id that it saw, and shows each message."""

import asyncio
import json
from collections import Counter
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from tests.waiting import until

PAUSE_SECONDS = 0.1


class Browser:
    """As an async context manager; connected on entry. `received` has every message that came, in order.

    `since` is the id that its page was rendered with: what is newer, it wants to hear of.
    """

    def __init__(self, address: str, token: str, since: str) -> None:
        self._address = address
        self._headers = {"Authorization": f"Bearer {token}"}
        self._last_id = since
        self.received: list[dict[str, Any]] = []
        self.connections = 0
        self.closed: list[tuple[int | None, str]] = []
        """Code and reason of each end of a connection; None where it was cut."""
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._live())
        await self.connected()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def connected(self) -> None:
        await until(lambda: self._socket is not None, "the browser is connected")

    def shown(self, kind: str) -> Counter[str]:
        """How often each notification of `kind` came, by its id."""
        made = (message for message in self.received if message["type"] == "notification.created")
        return Counter(message["id"] for message in made if message["data"]["kind"] == kind)

    def names(self) -> list[str]:
        """Of the profile, as it changed; a page shows an id once."""
        changes = (message for message in self.received if message["type"] == "profile.updated")
        return list({message["id"]: message["data"]["name"] for message in changes}.values())

    async def reconnect(self) -> None:
        """As after a loss of the network."""
        socket, self._socket = self._socket, None
        assert socket
        await socket.close()
        await self.connected()

    async def _live(self) -> None:
        while True:
            with suppress(ConnectionClosed, InvalidHandshake, InvalidMessage, OSError, TimeoutError):
                async with connect(
                    f"{self._address}?last_id={self._last_id}", additional_headers=self._headers, open_timeout=5
                ) as socket:
                    try:
                        await self._listen(socket)
                    finally:
                        self.closed.append((socket.close_code, socket.close_reason or ""))
            self._socket = None
            await asyncio.sleep(PAUSE_SECONDS)  # noqa: TID251 - a browser waits before it tries again

    async def _listen(self, socket: ClientConnection) -> None:
        await (await socket.ping())  # the server has accepted it and answers
        self.connections += 1
        self._socket = socket
        async for text in socket:
            message = json.loads(text)
            self.received.append(message)
            if message["type"] == "notification.created":
                self._last_id = message["id"]
