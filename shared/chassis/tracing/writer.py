"""A bounded queue of spans, emptied by a thread, so that no request waits until its spans are written.

The thread sleeps while the queue is empty.
"""

import atexit
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

import structlog
from prometheus_client import Counter

from shared.chassis.tracing.spans import Ended

MOST_WAITING = 8192
ROUND_SECONDS = 0.5
DROPPED = Counter("trace_spans_dropped_total", "Spans that were too many at once.")
log = structlog.get_logger("tracing")


class Exporter(Protocol):
    """`shared.chassis.tracing.files.JsonLines`, or a test's own."""

    def export(self, spans: Sequence[Ended]) -> None: ...


class Writer:
    """`each_round` is called in the thread before it writes; while it answers True there is another round."""

    def __init__(self, exporter: Exporter, each_round: Callable[[], bool]) -> None:
        self._exporter = exporter
        self._each_round = each_round
        self._waiting: deque[Ended] = deque()
        self._closed = False
        self._start()
        os.register_at_fork(after_in_child=self._start)
        atexit.register(self.close)

    def put(self, span: Ended) -> None:
        """From any thread."""
        if len(self._waiting) >= MOST_WAITING:
            DROPPED.inc()
            return
        self._waiting.append(span)
        self.wake()

    def wake(self) -> None:
        """There is something to do."""
        if not self._awake:
            self._awake = True
            self._work.set()

    def close(self) -> None:
        """Writes what waits, and ends the thread."""
        atexit.unregister(self.close)
        self._closed = True
        self._stop.set()
        self._work.set()
        self._thread.join()

    def _start(self) -> None:
        """Also in a forked process, which has no threads but its own."""
        self._awake = False
        self._work = threading.Event()
        self._stop = threading.Event()
        if not self._closed:
            self._thread = threading.Thread(target=self._run, name="spans", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._closed:
            self._work.wait()
            self._stop.wait(ROUND_SECONDS)
            self._work.clear()
            self._awake = False
            if self._round():
                self.wake()
        self._round()

    def _round(self) -> bool:
        try:
            again = self._each_round()
            self._write()
        except Exception:  # whatever is wrong with one round, the next one is another
            log.exception("spans are lost")
            return False
        return again

    def _write(self) -> None:
        while self._waiting:
            count = min(len(self._waiting), 512)
            self._exporter.export([self._waiting.popleft() for _ in range(count)])
