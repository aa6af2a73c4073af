"""Which tests run which lines: a plugin of pytest, for one run before anything is mutated."""

import json
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

ANY = ""
"""Instead of a test: what runs on import, or for a fixture that tests share."""


class Reached:
    """Writes `file` in the end.

    `lines` are, by path and line, the numbers of the tests that ran it; `tests` their names and seconds, in that order;
    `modules` are the imported ones that lie outside of `root`.
    """

    def __init__(self, root: Path, part: str, file: Path) -> None:
        self._root = root
        self._file = file
        self._seconds: dict[str, float] = {}
        self._context = ANY
        self._coverage = Coverage(data_file=None, include=[f"{root / part}/*"], omit=["*/tests/*"], config_file=False)
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        started = time.monotonic()
        self._context = item.nodeid
        self._coverage.switch_context(self._context)
        result = yield
        self._context = ANY
        self._coverage.switch_context(self._context)
        self._seconds[item.nodeid] = round(time.monotonic() - started, 3)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        is_shared = fixturedef.scope != "function"
        if is_shared:
            self._coverage.switch_context(ANY)
        try:
            return (yield)
        finally:
            if is_shared:
                self._coverage.switch_context(self._context)

    def pytest_unconfigure(self) -> None:
        self._coverage.stop()
        seen = {"tests": self._seconds, "lines": self._lines(), "modules": sorted(self._modules())}
        self._file.write_text(json.dumps(seen))

    def _lines(self) -> dict[str, dict[int, list[int]]]:
        data = self._coverage.get_data()
        numbers = {name: number for number, name in enumerate(self._seconds)} | {ANY: -1}
        return {
            str(Path(file).relative_to(self._root)): {
                line: sorted(numbers[name] for name in names if name in numbers)
                for line, names in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }

    def _modules(self) -> set[str]:
        files = {name: getattr(module, "__file__", None) for name, module in list(sys.modules.items())}
        return {name for name, file in files.items() if file and not Path(file).is_relative_to(self._root)}
