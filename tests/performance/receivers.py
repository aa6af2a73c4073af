"""Many WebSocket clients in one process of their own, as cheap as possible: after the handshake they count bytes.

Standard input gives one JSON line with the address and the requests, then lines with a number of bytes. Standard output says
when all are open, when it counts, and when so many bytes have come in.
"""

import asyncio
import json
import resource
import sys
from typing import cast

import uvloop

OPENING_AT_ONCE = 100
PONG = b"\x8a\x80\x00\x00\x00\x00"
PONG_SECONDS = 10.0


class Counter:
    """Bytes of all clients together."""

    def __init__(self) -> None:
        self.bytes = 0
        self.expected = 0
        self.reached = asyncio.Event()

    def add(self, count: int) -> None:
        self.bytes += count
        if self.bytes >= self.expected:
            self.reached.set()

    def begin(self, expected: int) -> None:
        self.bytes = 0
        self.expected = expected
        self.reached.clear()


class Client(asyncio.Protocol):
    """Sends the handshake, then each of `words` when the server has answered the last; counts from there on."""

    def __init__(self, request: bytes, words: list[bytes], counter: Counter) -> None:
        self._request = request
        self._words = words
        self._counter = counter
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if self.open.done():
            self._counter.add(len(data))
        elif self._words:
            self.transport.write(masked(self._words.pop(0)))
        elif data.startswith(b"HTTP/1.1 ") and not data.startswith(b"HTTP/1.1 101"):
            self.open.set_exception(ConnectionError(data[:200].decode("latin-1")))
        else:
            self.open.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.open.done():
            sys.exit("a server has closed a connection")
        self.open.set_exception(exc or ConnectionError("closed"))


def masked(text: bytes) -> bytes:
    """A text frame of a client, with a mask that changes nothing."""
    return bytes((0x81, 0x80 | len(text), 0, 0, 0, 0)) + text


async def main() -> None:
    """Until standard input ends."""
    order = json.loads(await asyncio.to_thread(sys.stdin.readline))
    counter = Counter()
    loop = asyncio.get_running_loop()
    clients = list[Client]()
    words = [word.encode() for word in order["words"]]
    requests = [request.encode() for request in order["requests"]]
    _beat(loop, clients)
    for start in range(0, len(requests), OPENING_AT_ONCE):
        made = [Client(request, list(words), counter) for request in requests[start : start + OPENING_AT_ONCE]]
        for client in made:
            await loop.create_connection(lambda client=client: client, "127.0.0.1", order["port"])
        await asyncio.gather(*(client.open for client in made))
        clients += made
    print("open", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        counter.begin(int(line))
        print("counting", flush=True)
        await counter.reached.wait()
        print("received", flush=True)


def _beat(loop: asyncio.AbstractEventLoop, clients: list[Client]) -> None:
    """Pongs unasked, so that pings need not be looked for."""
    for client in clients:
        client.transport.write(PONG)
    loop.call_later(PONG_SECONDS, _beat, loop, clients)


if __name__ == "__main__":
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    uvloop.run(main())
