"""Reads on where it stopped in the span files of a folder (shared/chassis/tracing/files.py), and removes old ones.

The files are the queue: bounded by their writers, and by `MOST_BEHIND`, beyond which the oldest is given up. How far was read
lies beside them, so that a restart goes on. Blocks: for a thread.
"""

import fcntl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import orjson
import structlog
from prometheus_client import Counter

CHUNK = 128 * 1024  # of a file at a time; no line is longer
MOST_BEHIND = 32 * 1024 * 1024
AT_REST_SECONDS = 60.0  # nobody writes into a file that has not changed for so long
KEPT_SECONDS = 24 * 3600.0
GIVEN_UP = Counter("trace_bytes_given_up_total", "Bytes of span files that were skipped, since too many waited.")
log = structlog.get_logger("traces")


class SpanFiles:
    """`read`, ship, then `done`: what was not done is read again by the next one. Of several on one folder, one reads."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder, self._most = folder, most_bytes
        self._place = folder / ".collected.json"
        self._lock: IO[bytes] | None = None
        self._done: dict[str, int] = {}
        self._read: dict[str, int] = {}

    def read(self) -> list[bytes]:
        """The next complete lines; none when there are no new ones or another collector has the folder."""
        if not self._mine():
            return []
        self._read = {}
        sizes = self._sizes()
        self._catch_up(sizes)
        return [line for path, size in sizes.items() for line in self._lines(path, size)]

    def done(self) -> None:
        """What was read has been shipped."""
        if self._read:
            self._done |= self._read
            self._read = {}
            self._save()

    def clean(self) -> None:
        """Removes files at rest that were read: those of yesterday, and the oldest while all are more than `most_bytes`."""
        if self._lock is None:
            return
        sizes, now = self._sizes(), time.time()
        total = sum(sizes.values())
        for path in sorted(sizes, key=_changed):
            age = now - _changed(path)
            read = self._done.get(_key(path), 0) >= sizes[path]
            if read and age > AT_REST_SECONDS and (total > self._most or age > KEPT_SECONDS):
                path.unlink(missing_ok=True)
                total -= sizes[path]
        left = {_key(path) for path in self._sizes()}
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

    def _sizes(self) -> dict[Path, int]:
        """By name; a file may go at any moment."""
        found: dict[Path, int] = {}
        for path in sorted(self._folder.glob("*.jsonl")):
            try:
                found[path] = path.stat().st_size
            except FileNotFoundError:
                continue
        return found

    def _catch_up(self, sizes: dict[Path, int]) -> None:
        behind = {path: size - self._done.get(_key(path), 0) for path, size in sizes.items()}
        for path in sorted(sizes, key=_changed):
            if sum(behind.values()) <= MOST_BEHIND:
                return
            log.warning("spans are given up", file=path.name, bytes=behind[path])
            GIVEN_UP.inc(behind[path])
            self._done[_key(path)], behind[path] = sizes[path], 0

    def _lines(self, path: Path, size: int) -> Iterator[bytes]:
        at = self._done.get(_key(path), 0)
        if at >= size:
            return
        try:
            with path.open("rb") as file:
                file.seek(at)
                text = file.read(CHUNK)
        except FileNotFoundError:
            return
        whole, newline, _unfinished = text.rpartition(b"\n")
        if newline:
            self._read[_key(path)] = at + len(whole) + 1
            yield from whole.split(b"\n")
        elif len(text) == CHUNK:
            self._read[_key(path)] = at + CHUNK

    def _save(self) -> None:
        new = self._place.with_suffix(".new")
        new.write_bytes(orjson.dumps(self._done))
        new.replace(self._place)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _key(path: Path) -> str:
    """A file that was removed and written anew is another one."""
    try:
        return f"{path.name}:{path.stat().st_ino}"
    except FileNotFoundError:
        return path.name
