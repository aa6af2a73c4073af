"""The same messages as server-sent events, for networks where a WebSocket does not get through."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from admission import admit, begin, leave
from close_codes import REASONS, CloseCode, ConnectionRejected
from messages import Message
from metrics import CLOSED
from resources import Resources
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from shared.models.notification import StreamClosed

ABORT_SECONDS = 3.0
OPENING = b"retry: 3000\n\n"
HEARTBEAT = b":\n\n"


class EventStream:
    """A `ClientConnection`. `abort` cuts the connection of a client that does not read its end."""

    kind = "event_stream"

    def __init__(self, queue_size: int, abort: Callable[[], None]) -> None:
        self._events: asyncio.Queue[bytes] = asyncio.Queue(queue_size)
        self._abort = abort
        self._aborting: asyncio.TimerHandle | None = None
        self._last = b""

    def send(self, message: Message) -> bool:
        try:
            self._events.put_nowait(message.event)
        except asyncio.QueueFull:
            return False
        return True

    def flush(self) -> None:
        """`write_to` does, as the client takes it."""

    async def send_when_ready(self, message: Message) -> None:
        await self._events.put(message.event)

    def ping(self) -> bool:
        """A comment, unless there is something better to send."""
        if self._events.empty():
            self._events.put_nowait(HEARTBEAT)
        return True

    def close(self, code: CloseCode, reason: str) -> None:
        """Drops messages that still wait, as a socket does."""
        if self._last:
            return
        while not self._events.empty():
            self._events.get_nowait()
        self._last = close_event(code, reason)
        self._events.put_nowait(self._last)
        self._aborting = asyncio.get_running_loop().call_later(ABORT_SECONDS, self._abort)

    async def write_to(self, send: Send) -> None:
        """Until it was closed."""
        event = OPENING
        while True:
            await send({"type": "http.response.body", "body": event, "more_body": True})
            if event is self._last:
                return
            event = await self._events.get()

    def disconnected(self) -> None:
        if self._aborting:
            self._aborting.cancel()


def close_event(code: CloseCode, reason: str) -> bytes:
    """The last event: what a close frame says. A browser cannot read the status of a refused stream."""
    return f"event: close\ndata: {StreamClosed(code=code, reason=reason).model_dump_json()}\n\n".encode()


class EventStreamResponse(Response):
    """Streams the caller's live messages until either side ends it."""

    def __init__(self, resources: Resources) -> None:
        super().__init__(
            media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )
        del self.headers["content-length"]
        self._resources = resources

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        stream = EventStream(self._resources.settings.queue_size, scope["state"]["abort"])
        try:
            session = await admit(HTTPConnection(scope), stream, self._resources)
        except ConnectionRejected as rejection:
            CLOSED.labels(rejection.code.name.lower()).inc()
            last = close_event(rejection.code, REASONS[rejection.code])
            await send({"type": "http.response.body", "body": OPENING + last})
            return
        try:
            begin(session, self._resources)
            await _first(stream.write_to(send), _disconnected(receive))
        finally:
            leave(session, self._resources)
            stream.disconnected()
        await send({"type": "http.response.body", "body": b""})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _first(*works: Coroutine[Any, Any, None]) -> None:
    """Waits for the end of one and cancels the others."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
