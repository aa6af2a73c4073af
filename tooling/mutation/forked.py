"""Runs pytest once for each line that it reads, in a child process that has all libraries imported already.

A line is a JSON object, and so is the answer: `{"code": 1, "output": "..."}`, with code -1 for a run that did not end in time.

| field | |
|---|---|
| `arguments` | of pytest |
| `seconds` | after which a run is ended |
| `only` | the tests to run, all when empty |
| `reached` | a file in which to say which tests run which lines of `part`; the libraries in it are imported for the runs that follow |
"""

import json
import multiprocessing
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from stack.native.privileges import die_with_parent
from tooling.mutation.reached import Reached


class Only:
    """Leaves out all tests but those named, unless one of them is gone."""

    def __init__(self, names: list[str]) -> None:
        self._names = set(names)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self._names <= {item.nodeid for item in items}:
            items[:] = [item for item in items if item.nodeid in self._names]


def main() -> None:
    output = Path.cwd() / ".output"
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        code = _run(order, output)
        if order["reached"]:
            _import_libraries(Path(order["reached"]))
        answer = {"code": code, "output": output.read_text("utf-8", errors="replace")[-2000:]}
        print(json.dumps(answer), flush=True)


def _run(order: dict[str, Any], output: Path) -> int:
    output.write_text("")
    child = multiprocessing.get_context("fork").Process(target=_test, args=(order, output))
    child.start()
    child.join(order["seconds"])
    if child.is_alive():
        child.kill()
        child.join()
        return -1
    return child.exitcode or 0


def _test(order: dict[str, Any], output: Path) -> None:
    die_with_parent()
    with output.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    _forget_own_modules()
    plugins: list[object] = [Only(order["only"])] if order["only"] else []
    if order["reached"]:
        plugins.append(Reached(Path.cwd(), order["part"], Path(order["reached"])))
    code = pytest.main(order["arguments"], plugins=plugins)
    sys.stdout.flush()
    os._exit(code)


def _forget_own_modules() -> None:
    """They are what may be mutated: the run imports them itself, from the copy."""
    for name in list(sys.modules):
        if name.split(".")[0] in {"stack", "tooling"}:
            del sys.modules[name]


def _import_libraries(reached: Path) -> None:
    if reached.exists():
        for name in json.loads(reached.read_text())["modules"]:
            with suppress(Exception):  # some can be imported by their own package alone
                import_module(name)
