"""A WebSocket between a browser and `SocketProtocol`, both in this process."""

from types import SimpleNamespace
from typing import Any

import pytest
from protocol import PATH, SocketProtocol
from tests.without_servers import resources
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

from tests.waiting import until


class Transport:
    """`asyncio.Transport` whose peer is `browser`."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.reading = True
        self.closing = False
        self.aborted = False
        self.ended = False

    def write(self, data: bytes) -> None:
        assert not self.closing, "uvloop raises"
        self.written.append(data)

    def write_eof(self) -> None:
        self.ended = True

    def is_closing(self) -> bool:
        return self.closing

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def abort(self) -> None:
        self.aborted = True


class Connection:
    """`resources` are those of the service; `transport` is its end of the connection."""

    def __init__(self, shared: Any) -> None:
        self.resources = shared
        self.server = SimpleNamespace(connections=set[Any](), tasks=set[Any]())
        self.protocol = SocketProtocol(None, self.server, {"resources": shared})
        self.transport: Any = Transport()
        self.protocol.connection_made(self.transport)
        self.browser = ClientProtocol(parse_uri("ws://localhost:8000"), max_size=None)

    async def open(self, path: str = PATH, **headers: str) -> int:
        """Shakes hands; the status of the answer."""
        await self.ask(path, **headers)
        answer = next(event for event in self.read() if isinstance(event, Response))
        return answer.status_code

    async def ask(self, path: str, **headers: str) -> None:
        self.browser = ClientProtocol(parse_uri(f"ws://localhost:8000{path}"))
        request = self.browser.connect()
        for name, value in headers.items():
            request.headers[name] = value
        self.browser.send_request(request)
        self._to_server()
        await until(lambda: not self.server.tasks, "the handshake is over")

    def say(self, *frames: Frame) -> None:
        for frame in frames:
            self.protocol.data_received(frame.serialize(mask=True))

    def read(self) -> list[Any]:
        """What the browser has got since the last time."""
        for data in self.transport.written:
            self.browser.receive_data(data)
        self.transport.written.clear()
        if self.transport.ended:
            self.browser.receive_eof()
        return list(self.browser.events_received())

    def texts(self) -> list[str]:
        return [event.data.decode() for event in self.read() if event.opcode is Opcode.TEXT]

    def answer(self) -> None:
        """What the browser itself has to say, such as the answer to a close frame."""
        self.read()
        self._to_server()

    @property
    def close_code(self) -> int | None:
        self.read()
        return self.browser.close_rcvd.code if self.browser.close_rcvd else None

    def _to_server(self) -> None:
        for data in self.browser.data_to_send():
            if data:
                self.protocol.data_received(data)


@pytest.fixture
async def connection() -> Connection:
    """Not open yet."""
    return Connection(resources())


async def opened(connection: Connection, user_id: str = "u1", path: str = PATH) -> Connection:
    assert await connection.open(path, Authorization=f"Bearer {user_id}") == 101
    return connection
