"""`GET /ws/notifications?last_id=&ticket=` (guide, pattern 5): everything that happens to a user, live, in each open tab.

uvicorn hands a connection over once it asks for an upgrade. From there on it is served without a task and without a queue:
frames that were encoded once wait in a bounded backlog for the end of the batch (`batch.py`), longer when the client lags behind,
and are written straight to the transport (docs/decisions/0018-fan-out.md has the measurements). The protocol itself is the
sans-I/O one of `websockets`.
"""

import asyncio
import json
import logging
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlsplit

from admission import admit, begin, leave
from close_codes import REASONS, CloseCode, ConnectionRejected
from messages import Message
from metrics import CLOSED
from resources import Resources
from session import Session
from starlette.requests import HTTPConnection
from websockets.datastructures import Headers
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from shared.chassis import tracing
from shared.utils import correlation

PATH = "/ws/notifications"
ABORT_SECONDS = 3.0
MAX_MESSAGE = 4096  # clients have nothing to say; more ends with 1009
FLOOD_FRAMES = 100
FLOOD_SECONDS = 10.0
PING = Frame(Opcode.PING, b"").serialize(mask=False)
_quiet = logging.getLogger("websockets.server")
_quiet.setLevel(logging.WARNING)


class SocketProtocol(asyncio.Protocol):
    """A `ClientConnection`. What uvicorn expects of it: the arguments of its constructor, `shutdown`, and to be in `connections`."""

    kind = "websocket"
    __slots__ = (
        "_aborting",
        "_backlog",
        "_counted",
        "_counted_from",
        "_loop",
        "_paused",
        "_pinged",
        "_resources",
        "_room",
        "_server",
        "_session",
        "_transport",
        "_wire",
    )  # fmt: skip

    def __init__(self, config: Any, server_state: Any, app_state: dict[str, Any]) -> None:
        self._server = server_state
        self._resources = cast("Resources", app_state["resources"])
        self._loop = asyncio.get_running_loop()
        self._wire = ServerProtocol(max_size=MAX_MESSAGE, logger=_quiet)
        self._session: Session | None = None
        self._backlog: list[bytes] = []
        self._room: asyncio.Event | None = None
        self._aborting: asyncio.TimerHandle | None = None
        self._paused = self._pinged = False
        self._counted = 0
        self._counted_from = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by inheritance
        self._server.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.connections.discard(self)
        if self._aborting:
            self._aborting.cancel()
        if self._session:
            leave(self._session, self._resources)

    def data_received(self, data: bytes) -> None:
        self._pinged = False
        self._wire.receive_data(data)
        for event in self._wire.events_received():
            if isinstance(event, Request):
                self._on_upgrade(event)
            elif isinstance(event, Frame):
                self._on_frame(event)
        if self._session and self._wire.state is not OPEN:
            self._session.disconnected(self._ending())
        self._drain_wire()

    def eof_received(self) -> None:
        self._wire.receive_eof()

    def shutdown(self) -> None:
        """uvicorn stops."""
        self._resources.hub.drain()

    # The handshake

    def _on_upgrade(self, request: Request) -> None:
        answer = self._wire.accept(request)
        if answer.status_code == HTTPStatus.SWITCHING_PROTOCOLS and urlsplit(request.path).path != PATH:
            answer = self._wire.reject(HTTPStatus.NOT_FOUND, "There is no such socket.\n")
        if answer.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            self._answer(answer)
            return
        self._transport.pause_reading()
        task = self._loop.create_task(self._open_session(request, answer))
        self._server.tasks.add(task)
        task.add_done_callback(self._server.tasks.discard)

    async def _open_session(self, request: Request, answer: Response) -> None:
        """Accepts a refused connection and closes it at once, since a browser sees a close code only then."""
        headers = request.headers
        with (
            correlation.bind(correlation.accept(headers.get(correlation.HEADER))) as correlation_id,
            tracing.server_span(headers.get(tracing.HEADER)) as span,
        ):
            if span:
                span.update_name(f"WS {PATH}")
            answer.headers[correlation.HEADER] = correlation_id
            try:
                session = await admit(_connection(request), self, self._resources)
            except ConnectionRejected as rejection:
                self._answer(answer)
                CLOSED.labels(rejection.code.name.lower()).inc()
                self.close(rejection.code, REASONS[rejection.code])
            else:
                self._accept(session, answer)
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def _accept(self, session: Session, answer: Response) -> None:
        if self._transport.is_closing():
            leave(session, self._resources)
            return
        self._session = session
        self._answer(answer)
        begin(session, self._resources)

    def _answer(self, answer: Response) -> None:
        self._wire.send_response(answer)
        self._drain_wire()

    # What the client says: nothing, so that all of it is either ignored or too much

    def _on_frame(self, frame: Frame) -> None:
        now = self._loop.time()
        if now - self._counted_from > FLOOD_SECONDS:
            self._counted = 0
            self._counted_from = now
        self._counted += 1
        if self._session and self._counted > FLOOD_FRAMES:
            self._session.end(CloseCode.FLOOD)
        elif self._session and frame.opcode is Opcode.BINARY:
            self._session.end(CloseCode.BINARY)
        elif self._session and frame.opcode is Opcode.TEXT and frame.fin and not _is_object(frame.data):
            self._session.end(CloseCode.NOT_JSON)

    def _ending(self) -> str:
        """Why the protocol closes, for the metric."""
        sent = self._wire.close_sent
        return "by_client" if sent is None or self._wire.close_rcvd else CloseCode(sent.code).name.lower()

    # What the client is sent

    def send(self, message: Message) -> bool:
        if len(self._backlog) >= self._resources.settings.queue_size:
            if self._paused:
                return False
            self.flush()  # a burst is not the client's slowness
        self._backlog.append(message.frame)
        return True

    def flush(self) -> None:
        if self._backlog and not self._paused:
            frames, self._backlog = self._backlog, []
            self._send(b"".join(frames))

    def _send(self, data: bytes) -> None:
        """Nothing is left to say once the closing handshake has begun; uvloop raises after the end of the stream."""
        if self._wire.state is OPEN:
            self._write(data)

    def _write(self, data: bytes) -> None:
        if not self._transport.is_closing():  # uvloop raises
            self._transport.write(data)

    async def send_when_ready(self, message: Message) -> None:
        while self._paused:
            self._room = self._room or asyncio.Event()
            self._room.clear()
            await self._room.wait()
        self.flush()
        self._send(message.frame)

    def pause_writing(self) -> None:
        self._paused = True

    def resume_writing(self) -> None:
        self._paused = False
        self.flush()
        if not self._paused and self._room:
            self._room.set()

    def ping(self) -> bool:
        """A ping; whatever has come since the last one is an answer to that."""
        answered = not self._pinged
        if answered and not self._paused:
            self._send(PING)
        self._pinged = True
        return answered

    def close(self, code: CloseCode, reason: str) -> None:
        """The close frame does not wait for room, and a client that does not answer it is cut off."""
        self.flush()
        self._backlog = []
        if self._wire.state is OPEN:
            self._wire.send_close(code, reason)
            self._drain_wire()

    def _drain_wire(self) -> None:
        """Writes what the protocol has to say; its last word starts the clock after which the connection is cut."""
        for data in self._wire.data_to_send():
            if data:
                self._write(data)
            elif not self._transport.is_closing():
                self._transport.write_eof()
        if self._wire.close_expected() and self._aborting is None:
            self._aborting = self._loop.call_later(ABORT_SECONDS, self._transport.abort)


def _connection(request: Request) -> HTTPConnection:
    """The handshake as the rest of the service reads requests."""
    path, _, query = request.path.partition("?")
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in _raw(request.headers)]
    return HTTPConnection({"type": "websocket", "path": path, "query_string": query.encode(), "headers": headers})


def _raw(headers: Headers) -> list[tuple[str, str]]:
    return list(headers.raw_items())


def _is_object(text: bytes | bytearray | memoryview) -> bool:
    try:
        return isinstance(json.loads(bytes(text)), dict)
    except (ValueError, RecursionError):
        return False
