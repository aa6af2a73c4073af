"""The tree as removal sees it: which file belongs to which feature."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shared.contracts.loader import load
from shared.contracts.manifest import Contract
from tooling.features import naming
from tooling.generator.remove.python_imports import Import, imports
from tooling.generator.scratch import git

TEXTS = (".py", ".ts", ".tsx", ".yaml", ".yml", ".sql", ".cql", ".md", ".json", ".toml")
GENERATED = ("shared/contracts/asyncapi/", "shared/contracts/pacts/", "shared/contracts/released.json", "uv.lock")
REPOSITORIES = ("back-postgres", "back-cassandra")
_ROUTE = re.compile(r"@router\.(?:get|post|put|patch|delete)\(\s*\"([^\"]*)\"")
_PREFIX = re.compile(r'APIRouter\([^)]*prefix="(/[^"]+)"')
_KIND = re.compile(r'\bDefaultPreference\("([\w-]+)"')
"""A kind of notification, beside the models of its feature; a front has its words in a file of its name."""


@dataclass(frozen=True)
class Files:
    """All that git knows below `root`."""

    root: Path

    @cached_property
    def texts(self) -> dict[str, str]:
        """By path: what is written by hand, and the schemas beside contracts."""
        return {path: text for path in self.paths if path.endswith(TEXTS) and (text := self._read(path)) is not None}

    @cached_property
    def paths(self) -> list[str]:
        return git(self.root, "ls-files").splitlines()

    @cached_property
    def contracts(self) -> dict[str, Contract]:
        return {contract.name: contract for _, contract in load(self.root / "shared" / "contracts")[0]}

    @cached_property
    def owners(self) -> dict[str, str]:
        """By path: the feature that a file is named after, or whose endpoints alone it offers."""
        found = {path: name for path in self.paths if (name := self._named_after(path))}
        for path in self.paths:
            if path not in found and (name := self._offers(path)):
                found[path] = name
        return found

    def owned_by(self, feature: str) -> list[str]:
        """The feature's own files: with its name, its routes, and the repositories and models that only these take."""
        own = {path for path, name in self.owners.items() if name == feature}
        while more := set(self._taken_by(own)) - own:
            own |= more
        kinds = [kind for path in own if path in self.texts for kind in _KIND.findall(self.texts[path])]
        return sorted(
            own | {path for path in self.paths if any(path.endswith(f"/kinds/{kind}.json") for kind in kinds)}
        )

    def _read(self, path: str) -> str | None:
        if path.startswith(GENERATED) or path.endswith("package-lock.json") or (self.root / path).is_symlink():
            return None
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    def _named_after(self, path: str) -> str | None:
        folders = path.split("/")[:-1]
        if path.startswith("shared/contracts/") or "features" in folders:
            in_folder = next((name for name in self.contracts if name in folders), None)
            if in_folder:
                return in_folder
        fitting = [name for name in self.contracts if is_called_after(path, name)]
        return max(fitting, key=len) if fitting else None

    def _offers(self, path: str) -> str | None:
        """The feature all of whose endpoints a module of a repository's `routes` has."""
        service, _, rest = path.partition("/")
        if service not in REPOSITORIES or not rest.startswith("routes/"):
            return None
        text = self.texts[path]
        prefix = found[1] if (found := _PREFIX.search(text)) else ""
        offered = {shape(prefix + route) for route in _ROUTE.findall(text)}
        names = {
            contract.name
            for contract in self.contracts.values()
            for endpoint in contract.endpoints
            if endpoint.service == service and shape(endpoint.path) in offered
        }
        return names.pop() if len(names) == 1 else None

    def _taken_by(self, own: set[str]) -> Iterator[str]:
        """Repositories and models of which all takers are in `own`."""
        for path in self.paths:
            if path in own or path in self.owners or not path.endswith(".py") or path.endswith("__init__.py"):
                continue
            if not path.startswith((*(f"{service}/repositories/" for service in REPOSITORIES), "shared/models/")):
                continue
            takers = set(self.importers.get(path, ()))
            if takers and all(taker in own or is_test(taker) for taker in takers) and takers & own:
                yield path

    @cached_property
    def imports(self) -> list[Import]:
        """Every import of a Python file of the tree."""
        return list(imports(self.texts))

    @cached_property
    def importers(self) -> dict[str, list[str]]:
        """By Python file: the files that import it."""
        found: dict[str, list[str]] = {}
        for path, _, imported in self.imports:
            found.setdefault(imported, []).append(path)
        return found


PLACES = ("back-", "shared/models/", "shared/contracts/", "shared/tests/", "tests/", "docs/features/", "front-")


def is_called_after(path: str, feature: str) -> bool:
    """Whether the name of the file is that of `feature`; of a test, whether it begins so."""
    if not path.startswith(PLACES) or path.endswith((".sql", ".cql")) or path.startswith("docs/decisions/"):
        return False
    begins = is_test(path) and not path.startswith("shared/")
    word = naming.plain(feature).rstrip("s")
    return naming.is_about(path, feature) or (begins and naming.stem(path).startswith(word))


def is_test(path: str) -> bool:
    """Whether it tests, or helps tests."""
    return (
        "/tests/" in path or path.startswith(("tests/", "stack/")) or ".test." in path or path.endswith("conftest.py")
    )


def shape(path: str) -> str:
    """A path with `{}` for each parameter: `/internal/profiles/{}`."""
    return re.sub(r"\$?\{[^}]*\}", "{}", path).rstrip("/")
