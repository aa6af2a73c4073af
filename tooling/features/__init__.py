"""A page about one feature: what it promises, where it lies, how it fails, where to start reading."""

import os
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from shared.contracts.boundaries import Boundaries
from shared.contracts.manifest import Contract
from tooling.boundaries.tree import SKIPPED
from tooling.traces.diagrams.pages import page_of


@dataclass(frozen=True)
class Page:
    """`files` by service, paths below the repository; `start` in reading order; `diagrams` is what happens, drawn.

    `versions` are those of the contract's services, out of their `VERSION`.
    """

    contract: Contract
    versions: dict[str, str]
    files: dict[str, list[str]]
    start: list[str]
    diagrams: Path | None


def page(root: Path, contract: Contract, boundaries: Boundaries) -> Page:
    """Everything that carries the feature's name below `root`, of the services in its contract first."""
    services = [service.name for service in contract.services]
    others = [name for name in boundaries.in_repository() if name not in services]
    found = {home: _files(root, home, contract.name) for home in (*services, *others, "shared", "tests")}
    files = {home: paths for home, paths in found.items() if paths}
    drawn = page_of(contract.name)
    versions = {name: version for name in services if (version := _version(root / name / "VERSION"))}
    return Page(contract, versions, files, _start(contract.name, files), drawn if (root / drawn).is_file() else None)


def _version(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def _files(root: Path, home: str, feature: str) -> list[str]:
    """Files in a folder, or with a name, that is the feature's; a plural counts as well."""
    wanted = _plain(feature)
    found: list[str] = []
    for folder, inner, names in os.walk(root / home):
        inner[:] = sorted(set(inner) - (SKIPPED - {"tests", "migrations"}))
        here = Path(folder).relative_to(root)
        inside = any(_plain(part) == wanted for part in here.parts[1:])
        found += [str(here / name) for name in sorted(names) if inside or _is_named(name, wanted)]
    return [path for path in found if not path.endswith((".pyc", "__init__.py"))]


def _is_named(name: str, wanted: str) -> bool:
    stem = _plain(name.partition(".")[0].removeprefix("test_"))
    return stem.removesuffix("repository").rstrip("s") == wanted.rstrip("s")


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()


def _start(feature: str, files: dict[str, list[str]]) -> list[str]:
    """The contract, the rules, the endpoint, the store, the pages."""
    flat = [path for paths in files.values() for path in paths if "/tests/" not in path]
    order = [f"shared/contracts/{feature}/feature.yaml"]
    for pattern in ("*/domain.py", "*/api.py", "*_repository.py", "front-*/routes/*.tsx"):
        order += [path for path in flat if fnmatch(path, pattern)]
    return list(dict.fromkeys(order))
