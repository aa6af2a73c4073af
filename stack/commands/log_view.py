"""`make logs`: the kept logs, each line behind its service's name, followed until Ctrl-C."""

import os
import sys
import time
from collections.abc import Sequence

from rich.console import Console

from stack.runner.logs import path_of, tail

COLOURS = ("cyan", "green", "yellow", "magenta", "blue", "red")
LOOK_SECONDS = 0.2


class Reader:
    """New lines of one log, also across a rotation."""

    def __init__(self, service: str) -> None:
        self.path = path_of(service)
        self.position = self.path.stat().st_size if self.path.exists() else 0

    def lines(self) -> list[str]:
        if not self.path.exists():
            return []
        size = self.path.stat().st_size
        self.position = 0 if size < self.position else self.position
        with self.path.open("rb") as file:
            file.seek(self.position)
            data = file.read()
        whole = data[: data.rfind(b"\n") + 1]
        self.position += len(whole)
        return whole.decode(errors="replace").splitlines()


def is_followed() -> bool:
    """At a terminal, or where FOLLOW asks for it."""
    return sys.stdout.isatty() or bool(os.environ.get("FOLLOW"))


def follow(names: Sequence[str], console: Console, last: int = 40) -> None:
    """Ends at Ctrl-C; at once when the output is no terminal and FOLLOW is not set."""
    width = max(map(len, names))
    readers = {name: Reader(name) for name in names}
    for name in names:
        for line in tail(name, last if len(names) < 4 else 5):
            _print(console, names, name, width, line)
    if not is_followed():
        return
    try:
        while True:
            for name, reader in readers.items():
                for line in reader.lines():
                    _print(console, names, name, width, line)
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        return


def _print(console: Console, names: Sequence[str], name: str, width: int, line: str) -> None:
    console.print(f"{name:{width}} ", style=COLOURS[names.index(name) % len(COLOURS)], end="")
    console.print(line, markup=False, highlight=False, soft_wrap=True)
