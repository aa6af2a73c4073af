"""A load generator that costs little itself: raw HTTP/1.1 over kept connections, one request in flight a connection."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

import uvloop


@dataclass
class Result:
    """Of one run; `latencies` in seconds, sorted."""

    seconds: float
    latencies: list[float]
    failures: int

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency, in milliseconds, that `share` (0 to 1) of the answers did not exceed."""
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share))] * 1000


@dataclass(frozen=True)
class Call:
    """One HTTP request, sent again and again. The answers need a Content-Length."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    method: str = "GET"
    body: bytes = b""

    def encoded(self) -> bytes:
        parts = urlsplit(self.url)
        headers = {"Host": parts.netloc, **self.headers}
        if self.body:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(self.body))}
        lines = [f"{self.method} {parts.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + self.body


class _Connection(asyncio.Protocol):
    def __init__(self, request: bytes, until: float, result: Result) -> None:
        self._request = request
        self._until = until
        self._result = result
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by inheritance
        self._send()

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator or len(body) < _content_length(head):
            return
        self._buffer = b""
        now = time.perf_counter()
        self._result.latencies.append(now - self._sent_at)
        self._result.failures += not head.startswith(b"HTTP/1.1 200")
        if now < self._until:
            self._send()
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


def _content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    raise ValueError(f"no content-length in {head[:200]!r}")


async def _run(call: Call, connections: int, seconds: float) -> Result:
    parts = urlsplit(call.url)
    host = parts.hostname or "localhost"
    port = parts.port or 80
    request = call.encoded()
    started = time.perf_counter()
    result = Result(seconds, [], 0)
    loop = asyncio.get_running_loop()
    opened = await asyncio.gather(
        *(
            loop.create_connection(lambda: _Connection(request, started + seconds, result), host, port)
            for _ in range(connections)
        )
    )
    await asyncio.gather(*(protocol.done for _, protocol in opened))
    result.seconds = time.perf_counter() - started
    result.latencies.sort()
    return result


def run(call: Call, *, connections: int = 16, seconds: float = 3.0) -> Result:
    """Makes `call` for `seconds` over `connections`, one at a time on each."""
    return uvloop.run(_run(call, connections, seconds))
