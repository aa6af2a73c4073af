"""The files of a feature: those that bear its name, and those that hold what its contract names."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shared.contracts.manifest import Contract, Endpoint
from shared.models.event_data import EVENT_DATA
from tooling.boundaries.tree import SKIPPED
from tooling.features import naming

ENDINGS = (".py", ".ts", ".tsx", ".sql", ".cql", ".json", ".yaml", ".md")
GENERATED = ("/released.json", "/asyncapi/", "__init__.py", "README.md")
PLUMBING = {"outbox", "processed_events", "pending_mails"}
"""Tables that each feature with events writes to."""
_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE|JOIN|TABLE(?: IF NOT EXISTS)?) (\w+)")
_PREFIX = re.compile(r'APIRouter\([^)]*prefix="(/[^"]+)"')


@dataclass(frozen=True)
class Files:
    """Of one feature below `root`, in the folders `homes`; paths are those below the root."""

    root: Path
    contract: Contract
    homes: tuple[str, ...]

    def named(self, home: str) -> list[str]:
        """Those in a folder, or with a name, that is the feature's."""
        return [path for path in self._texts[home] if self._is_named(path)]

    def all(self, home: str) -> list[str]:
        """Those that bear the feature's name, and those that hold what its contract names."""
        return [path for path, text in self._texts[home].items() if self._is_named(path) or self._contains(path, text)]

    @cached_property
    def _texts(self) -> dict[str, dict[str, str]]:
        """By home: each file with its text."""
        return {home: dict(_read(self.root, home)) for home in self.homes}

    @cached_property
    def _participants(self) -> set[str]:
        return {service.name for service in self.contract.services} | {"tests"}

    def _is_named(self, path: str) -> bool:
        word = naming.plain(self.contract.name)
        if any(naming.plain(folder) == word for folder in path.split("/")[1:-1]):
            return True
        if _is_test(path):
            return word.rstrip("s") in naming.stem(path)
        return naming.is_about(path, self.contract.name)

    def _contains(self, path: str, text: str) -> bool:
        home = path.partition("/")[0]
        if path.startswith("shared/") and "/pacts/" not in path:
            return path.startswith(("shared/models/", "shared/front/api/")) and bool(self._models.search(text))
        if path.endswith((".sql", ".cql")):
            return any(table in self._tables for table in _TABLE.findall(text))
        if path.endswith((".yaml", ".md")) or (home not in self._participants and "/pacts/" not in path):
            return False
        taken = self._taken.get(home)
        return bool(self._words.search(text)) or bool(taken and taken.search(text)) or self._routes(home, text)

    def _routes(self, home: str, text: str) -> bool:
        """Whether `text` has a router of a prefix below which this service offers an endpoint of the contract."""
        own = [endpoint.path for endpoint in self.contract.endpoints if endpoint.service == home]
        prefixes = [prefix for prefix in _PREFIX.findall(text) if prefix.count("/") > 1]
        return any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes for path in own)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        """Endpoints and events, as code and tests write them."""
        paths = [_path(endpoint) for endpoint in self.contract.endpoints]
        events = [re.escape(event.type) for event in self.contract.events.published]
        return re.compile(f"[\"'`}}](?:{'|'.join([*paths, *events]) or '(?!)'})[\"'`?]")

    @cached_property
    def _taken(self) -> dict[str, re.Pattern[str]]:
        """By service: the events that it takes, by the class of their data."""
        found: dict[str, list[str]] = {}
        for event in self.contract.events.consumed:
            found.setdefault(event.service, []).append(EVENT_DATA[event.type, event.version].__name__)
        return {service: re.compile(rf"\b(?:{'|'.join(names)})\b") for service, names in found.items()}

    @cached_property
    def _models(self) -> re.Pattern[str]:
        names = [re.escape(name) for name in self.contract.named_schemas() if "[" not in name]
        return re.compile(rf"^(?:class|export interface) (?:{'|'.join(names) or '(?!)'})\b", re.MULTILINE)

    @cached_property
    def _tables(self) -> set[str]:
        """What the repositories of its name read and write."""
        repositories = (self._texts[home] for home in self.homes if home.startswith("back-"))
        named = (
            text
            for texts in repositories
            for path, text in texts.items()
            if path.endswith("_repository.py") and self._is_named(path)
        )
        return {table for text in named for table in _TABLE.findall(text)} - PLUMBING


def _path(endpoint: Endpoint) -> str:
    """A pattern of `/api/tasks/{task_id}` whatever stands for the parameter."""
    parts = ["[^/\"'?\\s]+" if part.startswith("{") else re.escape(part) for part in endpoint.path.split("/")]
    return "/".join(parts)


def _read(root: Path, home: str) -> Iterator[tuple[str, str]]:
    for folder, inner, names in os.walk(root / home):
        inner[:] = sorted(set(inner) - (SKIPPED - {"tests", "migrations"}))
        for name in sorted(names):
            path = Path(folder, name)
            known = path.relative_to(root).as_posix()
            if name.endswith(ENDINGS) and not any(part in f"/{known}" for part in GENERATED):
                yield known, path.read_text(encoding="utf-8", errors="replace")


def _is_test(path: str) -> bool:
    return "/test_" in path or ".test." in path
