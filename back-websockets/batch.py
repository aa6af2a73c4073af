"""Writes in batches: a socket gets in one write what came for it while the process was busy, and at once what came alone."""

import asyncio
from collections.abc import Iterable
from typing import Protocol

LONGEST_SECONDS = 0.01


class Buffered(Protocol):
    """An `Outlet` that was given messages."""

    def flush(self) -> None: ...


class Batch:
    """Outlets that were given messages, until a turn of the event loop has brought no more, or for ten milliseconds.

    No timer delays a message of an idle process ("smart batching", Thompson 2011: a batch is what has piled up meanwhile).
    """

    def __init__(self) -> None:
        self._outlets = set[Buffered]()
        self._more = False
        self._until = 0.0

    def add(self, outlets: Iterable[Buffered]) -> None:
        """They are written to soon."""
        if self._outlets:
            self._more = True
        else:
            loop = asyncio.get_running_loop()
            self._until = loop.time() + LONGEST_SECONDS
            loop.call_soon(self._look, loop)
        self._outlets.update(outlets)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        more, self._more = self._more, False
        if more and loop.time() < self._until:
            loop.call_soon(self._look, loop)
            return
        outlets, self._outlets = self._outlets, set[Buffered]()
        for outlet in outlets:
            outlet.flush()
