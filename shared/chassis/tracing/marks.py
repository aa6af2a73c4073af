"""Ids of traces that are worth keeping, from each process of this machine to the others: `<folder>/<service>-<pid>.kept`.

A file has one writer, and begins anew when it is full. Called from the thread that writes spans.
"""

import os
from collections import deque
from pathlib import Path

import structlog

SUFFIX = ".kept"
MOST_BYTES = 64 * 1024
LENGTH = 33
"""The length of a line: 32 hexadecimal digits and the line feed."""
log = structlog.get_logger("tracing")


class Marks:
    def __init__(self, folder: Path, service: str) -> None:
        self._folder = folder
        self._service = service
        self._new: deque[str] = deque(maxlen=MOST_BYTES // LENGTH)
        self._read: dict[str, int] = {}
        self._complained = False

    def add(self, trace_id: str) -> None:
        """From any thread."""
        self._new.append(trace_id)

    def exchange(self) -> list[str]:
        """Publishes the ids that were added, and returns all that were published since the last call, our own included.

        When the folder cannot be used, only our own are returned; that is logged once.
        """
        own = [self._new.popleft() for _ in range(len(self._new))]
        try:
            if own:
                self._write(own)
            return own + [trace_id for path in self._others() for trace_id in self._lines(path)]
        except OSError as error:
            if not self._complained:
                log.warning("traces are kept in parts", problem=str(error))
            self._complained = True
            return own

    @property
    def _own(self) -> Path:
        return self._folder / f"{self._service}-{os.getpid()}{SUFFIX}"

    def _write(self, trace_ids: list[str]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        full = self._own.exists() and self._own.stat().st_size >= MOST_BYTES
        with self._own.open("w" if full else "a") as file:
            file.write("".join(f"{trace_id}\n" for trace_id in trace_ids))

    def _others(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        with os.scandir(self._folder) as entries:
            found = [Path(entry.path) for entry in entries if entry.name.endswith(SUFFIX)]
        return [path for path in found if path.name != self._own.name]

    def _lines(self, path: Path) -> list[str]:
        try:
            size = path.stat().st_size
            at = self._read.get(path.name, 0)
            if size == at:
                return []
            with path.open() as file:
                file.seek(at if size > at else 0)
                text = file.read(MOST_BYTES * 2)
        except FileNotFoundError:
            return []
        whole = text[: text.rfind("\n") + 1]
        self._read[path.name] = (at if size > at else 0) + len(whole)
        return whole.split()
