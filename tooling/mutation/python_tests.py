"""The unit tests of a Python part, and which of them reach a mutant."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from stack.native.privileges import die_with_parent
from stack.testing.tasks import BACKS
from tooling.mutation.mutants import Mutant
from tooling.mutation.parts import NoPart, Part
from tooling.paths import ROOT

LONGEST_SECONDS = 3600.0
LEAST_SECONDS = 60.0
START = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tooling.mutation.forked import main
sys.path.remove({str(ROOT)!r})
main()
"""
"""Ours comes from here; all that the tests import, from the copy."""


@dataclass
class _Reached:
    """`tests` are names, with the seconds that each takes; `lines` their numbers by path and line, -1 for what all may reach."""

    tests: dict[str, float] = field(default_factory=dict[str, float])
    lines: dict[str, dict[str, list[int]]] = field(default_factory=dict[str, dict[str, list[int]]])

    def by(self, mutant: Mutant) -> tuple[list[str], bool]:
        """The tests that run the statement, and whether others may depend on it too, since it runs on import."""
        lines = self.lines.get(mutant.path, {})
        statement = {mutant.line, *range(mutant.statement, mutant.line + 1)}
        numbers = {number for line in statement for number in lines.get(str(line), [])}
        names = list(self.tests)
        return [names[number] for number in sorted(numbers) if number >= 0], -1 in numbers


class PythonTests:
    """Tests in a copy of the tree, to be closed. Raises NoPart when they fail before anything was mutated."""

    def __init__(self, copy: Path, part: Part) -> None:
        self._copy = copy
        self._part = part
        self._folder = f"{part.name}/tests"
        self._texts = {file: file.read_text("utf-8") for file in sorted((copy / self._folder).rglob("test_*.py"))}
        roots = f"{copy / part.name}:{copy}" if part.name in BACKS else str(copy)
        self._runner = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", START],
            cwd=copy,
            env=os.environ | {"PYTHONPATH": roots, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=die_with_parent,
        )
        self._reached = self._without_mutant()

    def close(self) -> None:
        self._runner.kill()
        self._runner.communicate()

    def see(self, mutant: Mutant) -> bool:
        """Whether a test fails, or never ends. A mutant's own tests run first, then those that may depend on it."""
        names, by_others = self._reached.by(mutant)
        nearest = [str(file.relative_to(self._copy)) for file in self._nearest(Path(mutant.path))]
        if names:
            files = list(dict.fromkeys(name.split("::")[0] for name in names))
            if self._fail(files, self._patience(names), names):
                return True
        elif nearest and not by_others:  # a process of their own may reach it
            return self._fail(nearest, self._patience())
        return by_others and self._fail([*nearest, *self._quickest_first(), self._folder], self._patience())

    def _patience(self, names: list[str] | None = None) -> float:
        seconds = [self._reached.tests[name] for name in names or self._reached.tests]
        return 3 * sum(seconds) + LEAST_SECONDS

    def _fail(self, files: list[str], seconds: float, names: list[str] | None = None) -> bool:
        return self._run(["-x", *files], seconds, only=names or [])["code"] != 0

    def _without_mutant(self) -> _Reached:
        file = self._copy / ".reached.json"
        answer = self._run([self._folder], LONGEST_SECONDS, reached=str(file), part=self._part.name)
        if answer["code"] != 0:
            self.close()
            raise NoPart(f"the tests of {self._part.name} fail before anything was mutated:\n{answer['output']}")
        reached = json.loads(file.read_text("utf-8"))
        return _Reached(reached["tests"], reached["lines"])

    def _run(self, arguments: list[str], seconds: float, **order: object) -> dict[str, object]:
        options = ["-q", "--no-header", "-p", "no:cacheprovider", "-m", self._part.marked]
        order_ = {"only": [], "reached": ""} | order | {"arguments": [*options, *arguments], "seconds": seconds}
        assert self._runner.stdin is not None
        assert self._runner.stdout is not None
        self._runner.stdin.write(json.dumps(order_) + "\n")
        self._runner.stdin.flush()
        answer = self._runner.stdout.readline()
        return json.loads(answer) if answer else {"code": 1, "output": "pytest's process ended"}

    def _quickest_first(self) -> list[str]:
        """All files of tests that ran: what fails early ends the run."""
        seconds: dict[str, float] = {}
        for name, taken in self._reached.tests.items():
            file = name.split("::")[0]
            seconds[file] = seconds.get(file, 0.0) + taken
        return sorted(seconds, key=seconds.__getitem__)

    def _nearest(self, path: Path) -> list[Path]:
        """Tests in a folder of one of its folders' names, else those that import the module."""
        folders = set(path.relative_to(self._part.name).parts[:-1])
        beside = [file for file in self._texts if folders & set(file.relative_to(self._copy / self._folder).parts[:-1])]
        imported = re.compile(rf"^\s*(from|import) .*\b{re.escape(path.stem)}\b", re.MULTILINE)
        return beside or [file for file, text in self._texts.items() if imported.search(text)]
