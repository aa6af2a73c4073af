"""What every engine can do, and which one this stack runs with."""

import fcntl
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

from stack.errors import StackError
from stack.paths import private, run_dir


class Engine(Protocol):
    """`service` is a name of boundaries.yaml: it means all processes of that service."""

    name: str

    def up(self) -> None: ...
    def down(self) -> None: ...
    def status(self) -> None: ...
    def logs(self, service: str | None) -> None: ...
    def stop(self, service: str) -> None: ...
    def start(self, service: str) -> None: ...
    def restart(self, service: str | None) -> None: ...
    def run(self, service: str) -> int: ...
    def reset(self) -> None: ...
    def accounts(self) -> str: ...


def remember(name: str) -> None:
    (private(run_dir(), passable=True) / "engine").write_text(name)


@contextmanager
def one_start_at_a_time() -> Generator[None]:
    """The second of two `make up` waits, and finds it started. The kernel lifts the lock of a dead one."""
    with (private(run_dir(), passable=True) / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another `make up` is starting this stack: waiting for it", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def forget() -> None:
    (run_dir() / "engine").unlink(missing_ok=True)


def remembered() -> str | None:
    """The engine that runs now, as far as anybody said."""
    try:
        return (run_dir() / "engine").read_text()
    except FileNotFoundError:
        return None


def not_running() -> StackError:
    return StackError("Nothing is running here: start it with `make up`.")
