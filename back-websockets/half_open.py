"""Connections that have not sent a whole request yet: bounded in time, in number and in size, so that they harm nobody."""

import asyncio
import time
from collections import OrderedDict

from metrics import CUT_OFF, HALF_OPEN
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 64 * 1024
SWEEP_SECONDS = 0.5


class HalfOpen:
    """The oldest is cut off when there are more than `at_most`: an honest handshake takes milliseconds, and is never that."""

    def __init__(self, *, at_most: int, seconds: float) -> None:
        self._at_most = at_most
        self._seconds = seconds
        self._since: OrderedDict[asyncio.Transport, float] = OrderedDict()

    def begin(self, transport: asyncio.Transport) -> None:
        """Its client is to send a request now; safe to call again."""
        self._since.setdefault(transport, time.monotonic())
        if len(self._since) > self._at_most:
            self._cut_off("too_many")
        HALF_OPEN.set(len(self._since))

    def done(self, transport: asyncio.Transport) -> None:
        """The request is there, or the connection is gone."""
        if self._since.pop(transport, None):
            HALF_OPEN.set(len(self._since))

    def __contains__(self, transport: asyncio.Transport) -> bool:
        return transport in self._since

    async def sweep(self) -> None:
        """Cuts off those that take too long, until cancelled."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            while self._since and next(iter(self._since.values())) < time.monotonic() - self._seconds:
                self._cut_off("too_slow")
            HALF_OPEN.set(len(self._since))

    def _cut_off(self, reason: str) -> None:
        transport, _ = self._since.popitem(last=False)
        CUT_OFF.labels(reason).inc()
        transport.abort()


class BoundedHttp(HttpToolsProtocol):
    """uvicorn's HTTP protocol, which by itself waits for ever for a request; gives `abort` to a response without an end."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._half_open: HalfOpen = self.app_state["resources"].half_open
        self._head = 0
        self._half_open.begin(transport)

    def data_received(self, data: bytes) -> None:
        if self.transport in self._half_open:
            self._head += len(data)
            if self._head > MAX_HEAD:
                self.transport.abort()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._head = 0
        self._half_open.begin(self.transport)
        super().on_message_begin()
        self.scope.setdefault("state", {})["abort"] = self.transport.abort

    def on_headers_complete(self) -> None:
        self._half_open.done(self.transport)
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._half_open.done(self.transport)
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """uvicorn stops: event streams are ended along with the sockets."""
        self.app_state["resources"].hub.drain()
        super().shutdown()
