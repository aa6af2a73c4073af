"""Reads on where it stopped in the span files of a folder (shared/chassis/tracing/files.py), and removes old ones.

The files are the queue: bounded by their writers, and by `MOST_BEHIND`, beyond which the oldest is given up. How far was read
lies beside them, so that a restart goes on. Blocks: for a thread.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

import orjson
import structlog
from prometheus_client import Counter

CHUNK = 128 * 1024  # of a file at a time; no line is longer
MOST_BEHIND = 32 * 1024 * 1024
AT_REST_SECONDS = 60.0  # nobody writes into a file that has not changed for so long
KEPT_SECONDS = 24 * 3600.0
GIVEN_UP = Counter("trace_bytes_given_up_total", "Bytes of span files that were skipped, since too many waited.")
log = structlog.get_logger("traces")


class Seen(NamedTuple):
    """A file, by a key that another one of the same name does not have."""

    key: str
    size: int
    changed: float


class SpanFiles:
    """`read`, ship, then `done`: what was not done is read again by the next one. Of several on one folder, one reads."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes
        self._place = folder / ".collected.json"
        self._lock: IO[bytes] | None = None
        self._done: dict[str, int] = {}
        self._read: dict[str, int] = {}

    def read(self) -> list[bytes]:
        """The next complete lines; none when there are no new ones or another collector has the folder."""
        if not self._mine():
            return []
        self._read = {}
        files = {path: seen for path, seen in self._look().items() if path.suffix == ".jsonl"}
        self._catch_up(files)
        return [line for path, seen in files.items() for line in self._lines(path, seen)]

    def done(self) -> None:
        """Marks the spans that were read as stored."""
        if self._read:
            self._done |= self._read
            self._read = {}
            self._save()

    def clean(self) -> None:
        """Removes files at rest that were read: those of yesterday, and the oldest while all are more than `most_bytes`."""
        if self._lock is None:
            return
        files = self._look()
        now = time.time()
        total = sum(seen.size for seen in files.values())
        for path, seen in sorted(files.items(), key=lambda item: item[1].changed):
            age = now - seen.changed
            read = path.suffix == ".kept" or self._done.get(seen.key, 0) >= seen.size
            if read and age > AT_REST_SECONDS and (total > self._most or age > KEPT_SECONDS):
                path.unlink(missing_ok=True)
                total -= seen.size
        left = {seen.key for seen in self._look().values()}
        self._done = {key: at for key, at in self._done.items() if key in left}

    def close(self) -> None:
        """Leaves the folder to another collector."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _mine(self) -> bool:
        if self._lock is not None:
            return True
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = (self._folder / ".collector.lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return False
        self._lock = lock
        if self._place.exists():
            self._done = orjson.loads(self._place.read_bytes())
        return True

    def _look(self) -> dict[Path, Seen]:
        """By name; a file may go at any moment."""
        found: dict[Path, Seen] = {}
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.endswith((".jsonl", ".kept")):
                    with suppress(FileNotFoundError):
                        status = entry.stat()
                        key = f"{entry.name}:{status.st_ino}"
                        found[Path(entry.path)] = Seen(key, status.st_size, status.st_mtime)
        return dict(sorted(found.items()))

    def _catch_up(self, files: dict[Path, Seen]) -> None:
        behind = {path: seen.size - self._done.get(seen.key, 0) for path, seen in files.items()}
        total = sum(behind.values())
        for path in sorted(files, key=lambda path: files[path].changed):
            if total <= MOST_BEHIND:
                return
            log.warning("spans are given up", file=path.name, bytes=behind[path])
            GIVEN_UP.inc(behind[path])
            self._done[files[path].key] = files[path].size
            total -= behind[path]

    def _lines(self, path: Path, seen: Seen) -> Iterator[bytes]:
        at = self._done.get(seen.key, 0)
        if at >= seen.size:
            return
        try:
            with path.open("rb") as file:
                file.seek(at)
                text = file.read(CHUNK)
        except FileNotFoundError:
            return
        whole, newline, _unfinished = text.rpartition(b"\n")
        if newline:
            self._read[seen.key] = at + len(whole) + 1
            yield from whole.split(b"\n")
        elif len(text) == CHUNK:
            self._read[seen.key] = at + CHUNK

    def _save(self) -> None:
        new = self._place.with_suffix(".new")
        new.write_bytes(orjson.dumps(self._done))
        new.replace(self._place)
