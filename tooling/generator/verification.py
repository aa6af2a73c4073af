"""Whether a change in a copy of the tree is green: nothing is found that was not found before, and the feature's tests pass."""

import json
import sys
from pathlib import Path
from typing import Any

from tooling.generator.names import Refused
from tooling.generator.scratch import Scratch

BACKS = ("back-api", "back-workers")
"""Services with unit tests of a feature, which need no server."""
FOUND = 1
WITHOUT_SERVERS = ("-m", "not integration")
_CHECK = [sys.executable, "-m", "tooling", "check", "--json"]


def check(copy: Scratch) -> None:
    """Runs all static checks in the copy; what they find in the tree itself, too, is not the change's.

    Raises:
        Refused: something new is found; says what.
    """
    found = _findings(copy.run(_CHECK, fails=(FOUND,)))
    if not found:
        return
    before = _findings(Scratch(copy.origin, copy.origin).run(_CHECK, fails=(FOUND,)))
    if new := [text for key, text in found.items() if key not in before]:
        raise Refused(f"Nothing was changed: the checks find {' | '.join(new[:6])}")


def _findings(answer: str) -> dict[tuple[str, ...], str]:
    """The findings as reported, by rule, file and words: lines move."""
    reports: list[dict[str, Any]] = json.loads(answer)
    found: dict[tuple[str, ...], str] = {}
    for one in (each for report in reports for each in report["found"]):
        file = str(one.get("file", one.get("path")))
        what = str(one.get("text", one.get("what")))
        found[one["rule"], Path(file).name, what] = f"{file}:{one['line']} [{one['rule']}] {what}"
    return found


def unit_tests(copy: Scratch, feature: str, front: str) -> None:
    """Runs those in the feature's own folders.

    Raises:
        Refused: one is red; says which.
    """
    for back in BACKS:
        own = copy.root / back / "tests" / "features" / feature
        if own.is_dir():
            command = [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider",
                "--no-header",
                "--tb=line",
                *WITHOUT_SERVERS,
            ]
            copy.run([*command, str(own)], more_path=[copy.root / back])
    copy.run(["node", "node_modules/.bin/vitest", "run", f"{front}/app/features/{feature}"])
