"""Log lines for standard output: while an event loop runs, many go out in one write, in order across threads."""

import asyncio
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager

FLUSH_SECONDS = 0.05
MOST_BYTES = 64 * 1024


class Lines:
    """Writes each line at once, unless `buffered`: then lines below a warning wait for up to 50 ms or 64 KiB.

    Thread-safe; a line from another thread than the event loop's is written at once, with all that wait.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._waiting: list[bytes] = []
        self._size = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = 0

    @contextmanager
    def buffered(self) -> Generator[None]:
        """Until the end of the block, which writes what waits. To be entered in a running event loop."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        try:
            yield
        finally:
            self._loop = None
            self.flush()

    def add(self, line: bytes) -> None:
        """For lines that can wait."""
        with self._lock:
            first = not self._waiting
            self._waiting.append(line)
            self._size += len(line)
            if self._loop is None or self._size > MOST_BYTES or self._thread != threading.get_ident():
                self.flush()
            elif first:
                self._loop.call_later(FLUSH_SECONDS, self.flush)

    def add_now(self, line: bytes) -> None:
        """For warnings and errors: this line and all before it are written when this returns."""
        with self._lock:
            self._waiting.append(line)
            self.flush()

    def flush(self) -> None:
        """Writes to the current standard output (structlog's own writer keeps the first one)."""
        with self._lock:
            if not self._waiting:
                return
            text = b"\n".join([*self._waiting, b""])
            self._waiting = []
            self._size = 0
            sys.stdout.buffer.write(text)
            sys.stdout.buffer.flush()


LINES = Lines()
"""The log lines of this process."""
