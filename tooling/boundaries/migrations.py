"""Migrations run once, everywhere, in one order: each has its own number, and one that is sealed stays as it is.

`SHA256SUMS` beside them is what `sha256sum *` would print; `python -m tooling boundaries seal` adds new ones.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from tooling.boundaries.tree import Tree, Violation

FOLDERS = {Path("back-postgres", "migrations"): ".sql", Path("back-cassandra", "migrations"): ".cql"}
SUMS = "SHA256SUMS"
NUMBERED = "migrations-are-numbered-once"
STAYS = "old-migrations-stay"
SEALED = "migrations-are-sealed"
SEAL = "python -m tooling boundaries seal"
WHY = (
    "it has run elsewhere, and runs nowhere twice: databases would differ from then on, and the service would not start"
)
_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.(sql|cql)")


def check(tree: Tree) -> Iterator[Violation]:
    for folder, ending in FOLDERS.items():
        if (tree.root / folder).is_dir():
            names = sorted(path.name for path in (tree.root / folder).glob(f"*{ending}"))
            yield from _numbers(folder, names)
            yield from _sums(tree.root, folder, names)


def _numbers(folder: Path, names: list[str]) -> Iterator[Violation]:
    first: dict[str, str] = {}
    for name in names:
        number = name[:4]
        if not _NAME.fullmatch(name):
            what = "is not called NNNN_what_it_does"
            instead = "the next number, and a name of small letters, digits and _"
            yield Violation(NUMBERED, folder / name, 1, what, "they run in the order of their numbers", instead)
        elif first.setdefault(number, name) != name:
            why = "they run in the order of their numbers; two branches took the same one"
            yield Violation(
                NUMBERED, folder / name, 1, f"has the number of {first[number]}", why, "the next free number"
            )


def _sums(root: Path, folder: Path, names: list[str]) -> Iterator[Violation]:
    known = recorded(root / folder)
    for name in names:
        if name not in known:
            what = f"is not in {SUMS}"
            why = "from then on an edit is noticed"
            yield Violation(SEALED, folder / name, 1, what, why, f"{SEAL}, once it is finished")
        elif digest(root / folder / name) != known[name]:
            yield Violation(STAYS, folder / name, 1, "was changed after it was sealed", WHY, "undo it; a new migration")
    for name in sorted(known.keys() - set(names)):
        yield Violation(
            STAYS, folder / SUMS, 1, f"{name} is gone", WHY, "bring it back; a new migration that undoes it"
        )


def recorded(folder: Path) -> dict[str, str]:
    """Name and checksum of each sealed migration in `folder`."""
    file = folder / SUMS
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return {name: checksum for checksum, _, name in (line.partition("  ") for line in lines if line.strip())}


def digest(path: Path) -> str:
    """SHA-256 of the file, whatever the ends of its lines are."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def seal(root: Path) -> list[Path]:
    """Records the migrations that are new, and no others; they are returned, by their path below `root`."""
    new: list[Path] = []
    for folder, ending in FOLDERS.items():
        known = recorded(root / folder)
        names = sorted(path.name for path in (root / folder).glob(f"*{ending}"))
        new += [folder / name for name in names if name not in known]
        known |= {name: digest(root / folder / name) for name in names if name not in known}
        text = "".join(f"{checksum}  {name}\n" for name, checksum in sorted(known.items()))
        (root / folder / SUMS).write_text(text, encoding="utf-8")
    return new
