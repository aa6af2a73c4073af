"""What every engine can do, and which one this stack runs with."""

from typing import Protocol

from stack.errors import StackError
from stack.paths import run_dir


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
    run_dir().mkdir(parents=True, exist_ok=True)
    (run_dir() / "engine").write_text(name)


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
