"""`shared/contracts/released.json`: the contracts, versions and shared names of the last release, since tags do not travel.

A branch is compared with it. `dashboard contracts release` writes it, and nothing else does.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from tooling.changes import shared_names
from tooling.changes.snapshot import Snapshot

FILE = Path("shared", "contracts", "released.json")


@dataclass(frozen=True)
class Release:
    """What the release `version` promised."""

    version: str
    snapshot: Snapshot


def read(root: Path) -> Release | None:
    """The last release of the tree below `root`; None before the first one."""
    file = root / FILE
    if not file.is_file():
        return None
    document = json.loads(file.read_text(encoding="utf-8"))
    return Release(document["version"], Snapshot(document["files"]))


def write(root: Path, version: str) -> None:
    """Makes what lies below `root` the last release."""
    files = Snapshot.from_folder(root).files
    kept = {path: shared_names.stub(text) if path.endswith(".py") else text for path, text in sorted(files.items())}
    document = json.dumps({"version": version, "files": kept}, indent=1, ensure_ascii=False)
    (root / FILE).write_text(f"{document}\n", encoding="utf-8")
