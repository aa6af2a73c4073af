"""Each feature has a test in a folder, or in a file, of its name: one at all, and one in each service with a folder of it."""

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
    tests = list(_tests(root))
    for source, contract in contracts:
        own = {path for path in tests if _plain(contract.name) in _plain(path)}
        if not own:
            text = f"no test bears the name of {contract.name}"
            word = contract.name.replace("-", "_")
            fix = f"write back-api/tests/features/{contract.name}/test_domain.py, or tests/integration/test_{word}.py"
            yield source.finding(["name"], text, fix, RULE)
            continue
        for service in _with_a_folder(root, contract.name):
            if not any(path.startswith(f"{service}/") for path in own):
                text = f"no test of {service} bears the name of {contract.name}"
                fix = f"write one beside {service}'s folder of {contract.name}, in a folder or file of its name"
                yield source.finding(["name"], text, fix, RULE)


def _with_a_folder(root: Path, feature: str) -> list[str]:
    found = [*root.glob(f"back-*/features/{feature}"), *root.glob(f"front-*/app/features/{feature}")]
    return sorted({path.relative_to(root).parts[0] for path in found if any(path.glob("*.*"))})


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
