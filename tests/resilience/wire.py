"""A TCP proxy that springs once, at the exact bytes of one step, whatever protocol they belong to.

Between a process and its peer a step of the work is a request: `XADD` or `XACK` to Redis, `POST /internal/notifications` to
back-cassandra. An armed wire calls `spring` (which kills somebody) when such a request arrives, and drops it; or, with
`after`, when the peer has answered it, and drops the answer. So a crash test needs neither luck nor a hook in the code.
With a `Gate` before a step it passes as many of its requests as a test lets through: that is how slow the step is then.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

CHUNK = 1 << 16
LONGEST_STEP = 200


@dataclass
class _Trap:
    step: bytes
    spring: Callable[[], None]
    after: bool
    sprung: asyncio.Event = field(default_factory=asyncio.Event)
    seen: bool = False


class Gate:
    """Before each request of `step`; closed until something is let through."""

    def __init__(self, step: bytes) -> None:
        self.step = step
        self.passed = 0
        self._let = 0
        self._wide_open = False
        self._changed = asyncio.Condition()

    async def let(self, count: int) -> None:
        """So many more may pass."""
        async with self._changed:
            self._let += count
            self._changed.notify_all()

    async def open(self) -> None:
        """All may pass from here on."""
        async with self._changed:
            self._wide_open = True
            self._changed.notify_all()

    async def enter(self, count: int, reader: asyncio.StreamReader) -> None:
        """Waits until `count` requests may pass; they do not when whoever sent them has hung up meanwhile."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._wide_open or self._let >= count or reader.at_eof())
            if reader.at_eof():
                raise _Sprung
            self._let = self._let - count
            self.passed = self.passed + count


class _Sprung(Exception):
    """This connection ends here."""


class Wire:
    """As an async context manager, on `port`; passes everything on to `peer`, an address, until it is armed, and after it
    has sprung."""

    def __init__(self, peer: str) -> None:
        self._peer = urlsplit(peer)
        self._trap: _Trap | None = None
        self.gate: Gate | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for connection in self._open:
            connection.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    @property
    def url(self) -> str:
        """What a process is given for its peer."""
        return f"http://127.0.0.1:{self.port}"

    def arm(self, step: bytes, spring: Callable[[], None], *, after: bool = False) -> asyncio.Event:
        """The event is set once it has sprung."""
        self._trap = _Trap(step, spring, after)
        return self._trap.sprung

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        task.add_done_callback(self._open.discard)
        with suppress(OSError, _Sprung, asyncio.CancelledError):  # cancelled by our own end only
            try:
                await self._pass_on(reader, writer)
            finally:
                writer.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer_reader, peer_writer = await asyncio.open_connection(self._peer.hostname, self._peer.port)
        mine: list[_Trap] = []
        ways = {
            asyncio.create_task(self._requests(reader, peer_writer, mine)),
            asyncio.create_task(self._answers(peer_reader, writer, mine)),
        }
        try:
            done, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            peer_writer.close()
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
        for way in done:
            way.result()

    async def _requests(self, reader: asyncio.StreamReader, peer: asyncio.StreamWriter, mine: list[_Trap]) -> None:
        """`mine` gets the trap whose step was asked for on this connection."""
        tail = b""
        while data := await reader.read(CHUNK):
            trap = self._trap
            if trap and not trap.seen and trap.step in tail + data:
                trap.seen = True
                if not trap.after:
                    self._spring(trap)
                mine.append(trap)
            if self.gate and (count := _new(self.gate.step, tail, data)):
                await self.gate.enter(count, reader)
            tail = (tail + data)[-LONGEST_STEP:]
            peer.write(data)
            await peer.drain()

    async def _answers(self, peer: asyncio.StreamReader, writer: asyncio.StreamWriter, mine: list[_Trap]) -> None:
        while data := await peer.read(CHUNK):
            if mine:
                self._spring(mine[0])
            writer.write(data)
            await writer.drain()

    def _spring(self, trap: _Trap) -> None:
        self._trap = None
        trap.spring()
        trap.sprung.set()
        raise _Sprung


def _new(step: bytes, tail: bytes, data: bytes) -> int:
    """How many requests of `step` came with `data`, which follows `tail`."""
    return (tail + data).count(step) - tail.count(step)
