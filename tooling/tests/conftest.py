"""A small, clean tree that each test then breaks in one place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.contracts import boundaries
from shared.contracts.boundaries import Boundaries
from tooling.boundaries import check
from tooling.boundaries.tree import Violation
from tooling.paths import CONTRACTS

Break = Callable[..., list[Violation]]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A root with the real boundaries.yaml and, for each service, what every service folder must have."""
    declaration = tmp_path / "shared" / "contracts" / "boundaries.yaml"
    declaration.parent.mkdir(parents=True)
    shutil.copy(CONTRACTS / "boundaries.yaml", declaration)
    for home in (*boundaries.load(declaration).in_repository(), "shared"):
        folder = tmp_path / home
        folder.mkdir(exist_ok=True)
        (folder / "CONTEXT.md").write_text(_context(home, boundaries.load(declaration)))
        (folder / "VERSION").write_text("1.0.0\n")
        (folder / "main.py").write_text("from shared.chassis.serve import serve\n")
    return tmp_path


def _context(home: str, declared: Boundaries) -> str:
    calls = [callee for caller, callee in declared.edges() if caller == home]
    callers = [caller for caller, callee in declared.edges() if callee == home]
    named = f"**Calls** {', '.join(calls) or 'nobody'}. **Called by** {', '.join(callers) or 'nobody'}."
    return f"# {home}\n\n{named}\n"


@pytest.fixture
def breaking(tree: Path) -> Break:
    """Writes one file into the clean tree and answers what is found."""

    def write(path: str, text: str) -> list[Violation]:
        target = tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return check(tree)

    return write
