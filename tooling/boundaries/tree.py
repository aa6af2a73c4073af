"""The tree that is checked: its declaration, its files by home, and what a violation says."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

from shared.contracts import boundaries
from shared.contracts.boundaries import Boundaries, Rule

SKIPPED = {"tests", "node_modules", "build", "__pycache__", "migrations", ".react-router", "test-results"}
TEST_FILES = {"conftest.py", "testing.py"}
SOURCES = (".py", ".ts", ".tsx", ".mts", ".sql", ".cql")


@dataclass(frozen=True)
class Violation:
    """`what` broke `rule` where; `why` the rule exists and where the code belongs `instead`."""

    rule: str
    path: Path
    line: int
    what: str
    why: str
    instead: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.rule}] {self.what}\n    why: {self.why}\n    instead: {self.instead}"


@dataclass(frozen=True)
class Tree:
    root: Path
    boundaries: Boundaries

    @classmethod
    def at(cls, root: Path) -> "Tree":
        return cls(root, boundaries.load(root / "shared" / "contracts" / "boundaries.yaml"))

    @cached_property
    def homes(self) -> list[str]:
        """The folders with code that the rules are about: each service's, and shared."""
        return [home for home in (*self.boundaries.in_repository(), "shared") if (self.root / home).is_dir()]

    def files(self, *endings: str) -> Iterator[tuple[str, Path]]:
        """(home, path from the root) of each file with such an ending; tests and generated folders left out."""
        return ((home, path) for home, path in self._all_files if path.name.endswith(endings))

    @cached_property
    def _all_files(self) -> list[tuple[str, Path]]:
        return [(home, path) for home in self.homes for path in self._files_of(home)]

    def _files_of(self, home: str) -> Iterator[Path]:
        for folder, inner, names in os.walk(self.root / home, onerror=_raise):
            inner[:] = sorted(set(inner) - SKIPPED)
            for name in sorted(names):
                if name not in TEST_FILES and ".test." not in name:
                    yield Path(folder, name).relative_to(self.root)

    def text(self, path: Path) -> str:
        """The file's text; what is not UTF-8 in it is reported by `unreadable`."""
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    def unreadable(self) -> Iterator[Violation]:
        """The files that cannot be judged, since they are not UTF-8."""
        for _, path in self.files(*SOURCES):
            line = _line_of_no_text((self.root / path).read_bytes())
            if line:
                yield Violation(
                    "readable", path, line, "is not UTF-8", "nothing else can be judged", "save it as UTF-8"
                )

    def calls(self, home: str) -> set[str]:
        """Whom code in `home` may call; what the fronts share may do what all of them may."""
        services = self.boundaries.services
        if home in services:
            return set(services[home].calls)
        fronts = [set(service.calls) for service in services.values() if service.kind == "front"]
        return set[str].intersection(*fronts) if fronts else set()

    def peer_of(self, setting: str) -> str | None:
        """The service whose address the setting `BACK_API_URL`, `redis_host`, ... holds."""
        name = setting.lower().replace("_", "-")
        stem = name.removesuffix("-url").removesuffix("-host")
        if stem == name:
            return None
        stem = {"redis": "back-redis", "smtp": "mail"}.get(stem, stem)
        return stem if stem in self.boundaries.services else None


def _raise(error: OSError) -> None:
    raise error


def _line_of_no_text(content: bytes) -> int | None:
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return content[: error.start].count(b"\n") + 1
    return None


def breaks(rule: Rule, home: str, path: Path) -> bool:
    """Whether what `rule` is about must not stand in `path` of `home`."""
    if any(fnmatch(str(path), pattern) for pattern in rule.unless):
        return False
    if rule.only is not None and home not in rule.only:
        return True
    return any(fnmatch(str(path), pattern) for pattern in rule.never or ())


def violation(rule: Rule, path: Path, line: int, what: str) -> Violation:
    return Violation(rule.rule, path, line, what, rule.why, rule.instead)
