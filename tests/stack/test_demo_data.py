"""`make remove-demo-data` starts the stack anew without its demo data; back-workers then removes it."""

import os
from collections.abc import Callable

import pytest

from stack import __main__ as stack


class Engine:
    def __init__(self, done: list[str]) -> None:
        self._done = done

    def down(self) -> None:
        self._done.append("down")

    def up(self) -> None:
        self._done.append(f"up with DEMO_DATA={os.environ['DEMO_DATA']}")


def engine_of(done: list[str]) -> Callable[..., Engine]:
    def engine(*, default: bool = False) -> Engine:
        del default
        return Engine(done)

    return engine


def test_the_stack_starts_anew_without_it(monkeypatch: pytest.MonkeyPatch):
    done = list[str]()
    monkeypatch.setenv("DEMO_DATA", "1")
    monkeypatch.setattr(stack, "current", engine_of(done))
    monkeypatch.setattr(stack, "choose", engine_of(done))
    stack.COMMANDS["remove-demo-data"]()
    assert done == ["down", "up with DEMO_DATA=0"]
