"""Coalesces writes: messages that queued up during one turn of the event loop go out in one write; a single one is not delayed."""

import asyncio
from collections.abc import Iterable
from typing import Protocol

LONGEST_SECONDS = 0.01


class Buffered(Protocol):
    """A `ClientConnection` that was given messages."""

    def flush(self) -> None: ...


class Batch:
    """Connections that were given messages, until a turn of the event loop has brought no more, or for ten milliseconds.

    No timer delays a message of an idle process ("smart batching", Thompson 2011: a batch is what has piled up meanwhile).
    """

    def __init__(self) -> None:
        self._clients = set[Buffered]()
        self._more = False
        self._until = 0.0

    def add(self, clients: Iterable[Buffered]) -> None:
        """They are written to soon."""
        if self._clients:
            self._more = True
        else:
            loop = asyncio.get_running_loop()
            self._until = loop.time() + LONGEST_SECONDS
            loop.call_soon(self._flush_when_quiet, loop)
        self._clients.update(clients)

    def _flush_when_quiet(self, loop: asyncio.AbstractEventLoop) -> None:
        more, self._more = self._more, False
        if more and loop.time() < self._until:
            loop.call_soon(self._flush_when_quiet, loop)
            return
        clients, self._clients = self._clients, set[Buffered]()
        for client in clients:
            client.flush()
