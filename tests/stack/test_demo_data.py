"""`make remove-demo-data` starts the stack anew without its demo data; back-workers then removes it."""

import os

import pytest

from stack import __main__ as stack


class Engine:
    def __init__(self, done: list[str]) -> None:
        self._done = done

    def down(self) -> None:
        self._done.append("down")

    def up(self) -> None:
        self._done.append(f"up with DEMO_DATA={os.environ['DEMO_DATA']}")


def test_the_stack_starts_anew_without_it(monkeypatch: pytest.MonkeyPatch):
    done = list[str]()
    monkeypatch.setenv("DEMO_DATA", "1")
    monkeypatch.setattr(stack, "current", lambda *, default: Engine(done))
    monkeypatch.setattr(stack, "choose", lambda: Engine(done))
    assert stack.main(["remove-demo-data"]) == 0
    assert done == ["down", "up with DEMO_DATA=0"]
