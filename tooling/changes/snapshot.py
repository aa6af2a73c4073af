"""One state of everything that has a version: contracts, services' manifests, VERSION files, shared names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from pydantic import BaseModel

from shared.contracts.loader import GENERATED, WRITTEN, contract_of_texts
from shared.contracts.manifest import Contract
from shared.contracts.service_manifest import Manifest
from shared.contracts.source import Finding, Source, from_text
from tooling.changes import revision, shared_names
from tooling.contracts.front_manifest import form_of

CONTRACT = re.compile(r"shared/contracts/([^/]+)/feature\.yaml")
MANIFEST = re.compile(r"((?:back|front)-[^/]+)/(?:app/)?features/([^/]+)/feature\.yaml")
VERSION = re.compile(r"((?:back|front)-[^/]+|shared)/VERSION")
PATTERNS = (
    "shared/contracts/*/feature.yaml",
    "shared/contracts/*/schemas.yaml",
    "shared/security/*.py",
    "shared/utils/*.py",
    "shared/VERSION",
    "back-*/VERSION",
    "front-*/VERSION",
    "back-*/features/*/feature.yaml",
    "front-*/app/features/*/feature.yaml",
)


@dataclass(frozen=True)
class Snapshot:
    """`files` are texts by their path below the repository."""

    files: Mapping[str, str]

    @classmethod
    def from_folder(cls, root: Path) -> "Snapshot":
        paths = {path for pattern in PATTERNS for path in root.glob(pattern)}
        texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file()}
        return cls({path.relative_to(root).as_posix(): text for path, text in texts.items()})

    @classmethod
    def from_revision(cls, root: Path, commit: str) -> "Snapshot":
        texts = revision.files(root, commit, (".",))
        return cls({path: text for path, text in texts.items() if any(_matches(path, one) for one in PATTERNS)})

    @cached_property
    def contracts(self) -> dict[str, Contract]:
        """By name; one that cannot be read is left out (`contracts check` says so)."""
        found: dict[str, Contract] = {}
        for path, name in self._named(CONTRACT):
            source = self._contract(path)
            contract = source.parse(Contract) if isinstance(source, Source) else []
            if isinstance(contract, Contract):
                found[name[0]] = contract
        return found

    @cached_property
    def manifests(self) -> dict[str, Manifest]:
        """The services' own, by path."""
        found: dict[str, Manifest] = {}
        for path, (service, _) in self._named(MANIFEST):
            source = self.source(path)
            manifest = source.parse(form_of(service)) if source else []
            if isinstance(manifest, Manifest):
                found[path] = manifest
        return found

    @cached_property
    def versions(self) -> dict[str, str]:
        """Of each service, and of shared."""
        return {name[0]: self.files[path].strip() for path, name in self._named(VERSION)}

    @property
    def unreadable(self) -> list[Finding]:
        """What is wrong with the contracts and manifests that are left out."""
        found: list[Finding] = []
        sources: list[tuple[Source | Finding, type[BaseModel]]] = [
            (self._contract(path), Contract) for path, _ in self._named(CONTRACT)
        ]
        sources += [
            (from_text(Path(path), self.files[path]), form_of(service)) for path, (service, _) in self._named(MANIFEST)
        ]
        for source, form in sources:
            parsed = [source] if isinstance(source, Finding) else source.parse(form)
            found += parsed if isinstance(parsed, list) else []
        return found

    def _contract(self, path: str) -> Source | Finding:
        return contract_of_texts(Path(path), self.files[path], self.files.get(path.replace(WRITTEN, GENERATED)))

    @property
    def shared_sources(self) -> dict[str, str]:
        return {p: text for p, text in self.files.items() if p.startswith(shared_names.FOLDERS) and p.endswith(".py")}

    def source(self, path: str) -> Source | None:
        """The YAML file at `path`, unless it cannot be read."""
        found = from_text(Path(path), self.files[path])
        return None if isinstance(found, Finding) or found.tree is None else found

    def _named(self, pattern: re.Pattern[str]) -> list[tuple[str, tuple[str, ...]]]:
        matches = [(path, pattern.fullmatch(path)) for path in sorted(self.files)]
        return [(path, match.groups()) for path, match in matches if match]


def _matches(path: str, pattern: str) -> bool:
    return path.count("/") == pattern.count("/") and PurePosixPath(path).match(pattern)
