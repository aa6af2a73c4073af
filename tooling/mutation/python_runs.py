"""Runs the unit tests of a Python part against each of a sample of mutants."""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tooling.mutation.mutants import Mutant, mutants_of
from tooling.mutation.parts import Part
from tooling.mutation.python_tests import PythonTests


def survivors(copy: Path, part: Part, count: int, seed: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant of the sample, and whether the tests see it. A test run that never ends sees it too.

    Raises NoPart when the tests fail before anything was mutated.
    """
    with closing(PythonTests(copy, part)) as tests:
        for mutant in sample(copy, part, count, seed):
            file = copy / mutant.path
            source = file.read_bytes()
            file.write_bytes(mutant.applied(source))
            try:
                yield mutant, tests.see(mutant)
            finally:
                file.write_bytes(source)


def sample(copy: Path, part: Part, count: int, seed: int) -> list[Mutant]:
    """`count` of all mutants, in the order of files and lines; the same ones for the same seed."""
    every = [mutant for path in part.files for mutant in mutants_of(path, (copy / path).read_bytes())]
    chosen = random.Random(seed).sample(every, min(count, len(every)))  # noqa: S311 - a sample, no secret
    return sorted(chosen, key=lambda mutant: (mutant.path, mutant.start))
