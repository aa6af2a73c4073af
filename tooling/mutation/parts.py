"""What belongs to a part: the files that people write, and the tests that ought to see a fault in them."""

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from stack.testing.tasks import BACKS, FRONTS, WITHOUT_SERVERS

ON_SERVERS = {"back-postgres", "back-cassandra", "back-redis", "back-websockets"}
"""Their statements, commands and sockets mean something on a real server alone: their tests on a local one are counted."""
TYPESCRIPT = ["shared/front", *FRONTS]
NAMES = [*BACKS, *WITHOUT_SERVERS, *TYPESCRIPT]
NO_CODE = {"tests", "node_modules", "types", "pacts"}


class NoPart(Exception):
    """There is no such part, or nothing in it."""


@dataclass(frozen=True)
class Part:
    """`files` are relative to the root of the tree."""

    name: str
    files: Sequence[str] = field(default_factory=list[str])

    @property
    def is_typescript(self) -> bool:
        return self.name in TYPESCRIPT

    @property
    def marked(self) -> str:
        """What pytest selects."""
        return "not pact" if self.name in ON_SERVERS else "not integration and not pact"


def parts(root: Path, service: str = "", feature: str = "", below: str = "") -> list[Part]:
    """One service, or all that have code of `feature`; only files whose path has `below` in it.

    Raises NoPart, with a sentence.
    """
    if service and service not in NAMES:
        raise NoPart(f"S={service} has no unit tests: choose one of {', '.join(NAMES)}")
    if not service and not feature:
        raise NoPart("name what is to be mutated: S=back-auth (or shared, tooling, shared/front), or F=profile")
    tracked = tracked_files(root)
    found = [Part(name, list(_own(tracked, name, feature, below))) for name in ([service] if service else NAMES)]
    if not any(part.files for part in found):
        raise NoPart(f"no code is of {feature or service} {below}".strip())
    return [part for part in found if part.files]


def tracked_files(root: Path) -> list[str]:
    """The files of the tree as they stand now, new ones among them."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    return sorted({name for name in listed.split("\0") if name and (root / name).exists()})


def _own(tracked: Sequence[str], name: str, feature: str, below: str) -> Iterator[str]:
    suffixes = {".ts", ".tsx"} if name in TYPESCRIPT else {".py"}
    for path in map(PurePath, tracked):
        folders = set(path.parts[:-1])
        if not path.is_relative_to(name) or path.suffix not in suffixes or folders & NO_CODE:
            continue
        is_test = path.name == "conftest.py" or ".test." in path.name or path.name.endswith(".d.ts")
        if not is_test and (not feature or feature in folders) and below in str(path):
            yield str(path)
