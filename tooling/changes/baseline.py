"""What a tree is compared with: a revision, or else the last release."""

from dataclasses import dataclass
from pathlib import Path

from tooling.changes import released, revision
from tooling.changes.snapshot import Snapshot


@dataclass(frozen=True)
class Baseline:
    """A snapshot, and in words what it is: `the last release 1.2.0`."""

    snapshot: Snapshot
    what: str


def find(root: Path, name: str | None = None) -> Baseline:
    """The revision `name`, or else the last release, or else where the branch began.

    Raises:
        NoRevision: there is no such revision, or no repository.
    """
    if name is None and (found := _last_release(root)):
        return found
    return _of(root, revision.find(root, name))


def last_release(root: Path) -> Baseline | None:
    """The one that lies in the tree, or else the last tag; None when nothing is released.

    Raises:
        NoRevision: a shallow clone, in which tags may be missing.
    """
    if found := _last_release(root):
        return found
    tag = revision.last_release(root)
    return _of(root, tag) if tag else None


def _last_release(root: Path) -> Baseline | None:
    found = released.read(root)
    return Baseline(found.snapshot, f"the last release {found.version} ({released.FILE})") if found else None


def _of(root: Path, base: revision.Base) -> Baseline:
    return Baseline(Snapshot.from_revision(root, base.commit), base.what)
