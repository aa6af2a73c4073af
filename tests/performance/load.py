"""A load generator that costs little itself: raw HTTP/1.1 over kept connections, one request in flight a connection."""

import asyncio
import time
from dataclasses import dataclass
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


class _Connection(asyncio.Protocol):
    def __init__(self, request: bytes, until: float, result: Result) -> None:
        self._request, self._until, self._result = request, until, result
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


async def _run(url: str, headers: dict[str, str], connections: int, seconds: float) -> Result:
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or 80
    lines = [
        f"GET {parts.path} HTTP/1.1",
        f"Host: {parts.netloc}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
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


def run(url: str, headers: dict[str, str], *, connections: int = 16, seconds: float = 5.0) -> Result:
    """GETs `url` for `seconds` over `connections`; the answers need a Content-Length."""
    return uvloop.run(_run(url, headers, connections, seconds))
