"""Each feature has a test of its own: one in a folder, or in a file, of its name."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from shared.contracts.loader import Known
from shared.contracts.source import Finding

RULE = "feature-has-a-test"
_TEST = re.compile(r"test_\w+\.py|[\w.-]+\.test\.tsx?")
_SKIPPED = {"node_modules", "build", "__pycache__", ".react-router", ".stack", ".venv", ".git"}
_ABOUT_ALL = re.compile(r"tests/(contracts|docs|violations|properties)/")
"""Tests of what all features are; they find a new one by themselves."""


def check(root: Path, contracts: Known) -> Iterator[Finding]:
    tests = [_plain(path) for path in _tests(root)]
    for source, contract in contracts:
        name = _plain(contract.name)
        if not any(name in path for path in tests):
            text = f"no test bears the name of {contract.name}"
            word = contract.name.replace("-", "_")
            fix = f"write back-api/tests/features/{contract.name}/test_domain.py, or tests/integration/test_{word}.py"
            yield source.finding(["name"], text, fix, RULE)


def _tests(root: Path) -> Iterator[str]:
    """The tests below `root` that have something in them, by their path."""
    for home in sorted(path for path in root.iterdir() if path.name.startswith(("back-", "front-", "shared", "tests"))):
        for folder, inner, names in os.walk(home):
            inner[:] = sorted(set(inner) - _SKIPPED)
            for name in names:
                path = Path(folder, name)
                known = path.relative_to(root).as_posix()
                if _TEST.fullmatch(name) and not _ABOUT_ALL.match(known) and path.stat().st_size:
                    yield known


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()
