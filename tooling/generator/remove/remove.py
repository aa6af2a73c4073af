"""Removes a feature in a copy of the tree, checks what is left, and brings the change into the tree; or refuses by name."""

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from tooling.generator import shared_files, verification
from tooling.generator.field.add import follow_versions
from tooling.generator.names import Refused
from tooling.generator.remove import needs, shared_texts, tables
from tooling.generator.remove.needs import Need
from tooling.generator.remove.tree import Files
from tooling.generator.scratch import Scratch, git, scratch
from tooling.traces.diagrams import pages

Changed = list[tuple[str, str]]
TESTS = ("tests/docs/test_docs.py", "tests/style/test_columns.py")
"""Beside the static checks: what documents name is there, and no folder is left."""
SHOWN = 3
"""The number of reasons that are shown for each feature that needs it."""


def remove(root: Path, feature: str, *, dry_run: bool = False) -> Changed:
    """Takes `feature` out of the tree below `root`; status letter and path of each file that changes.

    Raises:
        Refused: there is none, or others need it (who, and why), or what would be left has findings; nothing is changed.
    """
    return remove_all(root, [feature], dry_run=dry_run)


def remove_all(root: Path, features: Sequence[str], *, dry_run: bool = False) -> Changed:
    """The same for several, one after the other; what is left is checked once."""
    with scratch(root) as copy:
        for feature in features:
            _remove(Files(copy.root), feature)
            git(copy.root, "add", "--all")
        if dry_run:
            return copy.changed()
        generate(copy)
        check(copy)
        return copy.apply()


def _remove(files: Files, feature: str) -> None:
    if feature not in files.contracts:
        raise Refused(f"There is no feature {feature!r}; there are {', '.join(sorted(files.contracts))}.")
    if found := needs.find(files, feature):
        raise Refused(refusal(feature, found))
    take_out(files, feature)


def refusal(feature: str, found: Sequence[Need]) -> str:
    """One sentence: who needs the feature, and why; tests count only where nothing else does."""
    real = [need for need in found if not need.in_tests]
    shown = real or found
    names = ", ".join(dict.fromkeys(need.who for need in shown))
    whose = "" if real else "tests of "
    return f"{feature} is needed by {whose}{names}: {'; '.join(need.why for need in shown[:SHOWN])}."


def take_out(files: Files, feature: str) -> None:
    """Deletes the feature's files, undoes its migrations by new ones, and takes its lines out of what others own."""
    contract = files.contracts[feature]
    own = files.owned_by(feature)
    consumed = needs.consumed(files, feature)
    dropped = tables.owned(files, own)
    permissions = shared_texts.permissions_of(files, contract, own)
    for path in own:
        (files.root / path).unlink()
    _remove_empty_folders(files.root, own)
    tables.undo(files, feature, dropped)
    for name, types in consumed.items():
        path = files.root / "shared" / "contracts" / name / "feature.yaml"
        _edit(path, lambda text, types=types: shared_texts.without_events(text, types))
    models = [path.removesuffix(".py").replace("/", ".") for path in own if path.startswith("shared/models/")]
    _edit(files.root / shared_texts.BOUNDARIES, lambda text: shared_texts.without_tables(text, dropped, models))
    _edit(files.root / shared_texts.PERMISSIONS, lambda text: shared_texts.without_permissions(text, permissions))
    for path in (files.root / "shared" / "contracts" / "pacts").glob("*.json"):
        _edit(path, lambda text: shared_texts.without_interactions(text, contract))
    _documents(files, feature, own)


def generate(copy: Scratch) -> None:
    """Everything that follows: versions, schemas, types, checksums."""
    follow_versions(copy)
    copy.tooling("contracts", "schemas", "--write")
    copy.tooling("boundaries", "seal")


def check(copy: Scratch) -> None:
    """Raises Refused when the checks find something in what is left."""
    verification.check(copy)
    copy.run([sys.executable, "-m", "ruff", "check", "--quiet", "."])
    copy.run([sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS])


def _documents(files: Files, feature: str, own: Collection[str]) -> None:
    shared_files.take_out(files.root, feature)
    _edit(files.root / "CHANGELOG.md", lambda text: shared_texts.without_fields(text, feature))
    _edit(files.root / pages.INDEX, lambda text: shared_texts.without_entry(text, feature))
    parents = {parent.as_posix() for path in own for parent in Path(path).parents}
    gone = {*own, *(folder for folder in parents if not (files.root / folder).exists())}
    for path in files.texts:
        if path.endswith(".md") and path not in own and path != pages.INDEX.as_posix():
            folder = path.rpartition("/")[0]
            _edit(files.root / path, lambda text, folder=folder: shared_texts.without_mentions(text, folder, gone))


def _edit(path: Path, change: Callable[[str], str | None]) -> None:
    text = path.read_text(encoding="utf-8")
    new = change(text)
    if new is None:
        path.unlink()
    elif new != text:
        path.write_text(new, encoding="utf-8")


def _remove_empty_folders(root: Path, own: Collection[str]) -> None:
    folders = {parent for path in own for parent in (root / path).parents if root in parent.parents}
    for folder in sorted(folders, key=lambda one: len(one.parts), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
