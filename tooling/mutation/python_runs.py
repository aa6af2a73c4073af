"""Runs the unit tests of a Python part against each of a sample of mutants."""

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from stack.native.privileges import die_with_parent
from stack.testing.tasks import BACKS
from tooling.mutation.mutants import Mutant, mutants_of
from tooling.mutation.parts import NoPart, Part

LEAST_SECONDS = 60.0


def survivors(copy: Path, part: Part, count: int, seed: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant of the sample, and whether the tests see it. A test run that never ends sees it too.

    Raises NoPart when the tests fail before anything was mutated.
    """
    tests = PythonTests(copy, part)
    started = time.monotonic()
    if not tests.pass_within(3600.0):
        raise NoPart(f"the tests of {part.name} fail before anything was mutated:\n{tests.output}")
    patience = 3 * (time.monotonic() - started) + LEAST_SECONDS
    for mutant in sample(copy, part, count, seed):
        file = copy / mutant.path
        source = file.read_bytes()
        file.write_bytes(mutant.applied(source))
        try:
            yield mutant, not tests.pass_within(patience, nearest_to=mutant.path)
        finally:
            file.write_bytes(source)


def sample(copy: Path, part: Part, count: int, seed: int) -> list[Mutant]:
    """`count` of all mutants, in the order of files and lines; the same ones for the same seed."""
    every = [mutant for path in part.files for mutant in mutants_of(path, (copy / path).read_bytes())]
    chosen = random.Random(seed).sample(every, min(count, len(every)))  # noqa: S311 - a sample, no secret
    return sorted(chosen, key=lambda mutant: (mutant.path, mutant.start))


class PythonTests:
    """The tests of a part in a copy of the tree. `said` is the end of what the last run printed."""

    def __init__(self, copy: Path, part: Part) -> None:
        self._copy = copy
        self._part = part
        self._folder = f"{part.name}/tests"
        self._texts = {file: file.read_text("utf-8") for file in sorted((copy / self._folder).rglob("test_*.py"))}
        self.output = ""

    def pass_within(self, seconds: float, *, nearest_to: str = "") -> bool:
        """Whether all pass; stops at the first that does not. The tests nearest to a file run first."""
        first = [str(file.relative_to(self._copy)) for file in self._nearest(Path(nearest_to))] if nearest_to else []
        options = ["-q", "-x", "--no-header", "-p", "no:cacheprovider", "-m", self._part.marked]
        command = [sys.executable, "-m", "pytest", *options, *first, self._folder]
        roots = f"{self._copy / self._part.name}:{self._copy}" if self._part.name in BACKS else str(self._copy)
        try:
            ended = subprocess.run(  # noqa: S603
                command,
                cwd=self._copy,
                env=os.environ | {"PYTHONPATH": roots},
                timeout=seconds,
                capture_output=True,
                check=False,
                preexec_fn=die_with_parent,
            )
        except subprocess.TimeoutExpired:
            return False
        self.output = ended.stdout.decode(errors="replace")[-2000:]
        return ended.returncode == 0

    def _nearest(self, path: Path) -> list[Path]:
        """Tests in a folder of one of its folders' names, else those that import the module."""
        folders = set(path.relative_to(self._part.name).parts[:-1])
        beside = [file for file in self._texts if folders & set(file.relative_to(self._copy / self._folder).parts[:-1])]
        imported = re.compile(rf"^\s*(from|import) .*\b{re.escape(path.stem)}\b", re.MULTILINE)
        return beside or [file for file, text in self._texts.items() if imported.search(text)]
