"""The way to the runner of this stack, from outside: its socket, as a client sees it."""

import json
import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from stack.errors import StackError
from stack.paths import private, run_dir

NAME = "control.sock"


@contextmanager
def short_path(*, create: bool = False) -> Generator[str]:
    """A path to the socket that fits into the 107 bytes of an address, however deep the clone lies."""
    if create:
        private(run_dir(), passable=True)
        (run_dir() / NAME).unlink(missing_ok=True)
    folder = os.open(run_dir(), os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{NAME}"
    finally:
        os.close(folder)


class Client:
    """One request and its answers. Raises StackError when no runner answers."""

    def __init__(self, command: str, service: str | None = None) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        try:
            with short_path() as path:
                self.socket.connect(path)
        except OSError as error:
            self.socket.close()
            raise StackError("Nothing is running here: start it with `make up`.") from error
        self.socket.sendall(json.dumps({"command": command, "service": service}).encode() + b"\n")
        self.lines = self.socket.makefile("rb")

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.lines.close()
        self.socket.close()

    def answer(self) -> dict[str, Any] | None:
        """The next one; None at the end."""
        line = self.lines.readline()
        if not line:
            return None
        answer = json.loads(line)
        if "error" in answer:
            raise StackError(answer["error"])
        return answer


def ask(command: str, service: str | None = None) -> dict[str, Any]:
    with Client(command, service) as client:
        return client.answer() or {}


def is_running() -> bool:
    try:
        ask("status")
    except StackError:
        return False
    return True
