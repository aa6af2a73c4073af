"""A page about one feature: what it promises, where it lies, how it fails, where to start reading."""

from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from shared.contracts.boundaries import Boundaries
from shared.contracts.manifest import Contract
from tooling.features.files import Files
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
    """Everything that is the feature's below `root`, of the services in its contract first."""
    services = [service.name for service in contract.services]
    others = [name for name in boundaries.in_repository() if name not in services]
    homes = (*services, *others, "shared", "tests", "docs")
    known = Files(root, contract, homes)
    files = {home: paths for home in homes if (paths := known.all(home))}
    drawn = page_of(contract.name)
    versions = {name: version for name in services if (version := _version(root / name / "VERSION"))}
    start = _start(contract.name, [path for home in homes for path in known.named(home)])
    return Page(contract, versions, files, start, drawn if (root / drawn).is_file() else None)


def _version(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def _start(feature: str, named: list[str]) -> list[str]:
    """The contract, the rules, the endpoint, the store, the page."""
    flat = [path for path in named if "/tests/" not in path]
    order = [f"shared/contracts/{feature}/feature.yaml"]
    for pattern in ("*/domain.py", "*/api.py", "*_repository.py", "front-*/routes/*.tsx"):
        order += [path for path in flat if fnmatch(path, pattern)]
    return list(dict.fromkeys(order))
