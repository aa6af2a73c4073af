"""`contracts diff` as a function: what changed, who is affected, what to bump, and the patch that does."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from shared.contracts.source import Finding
from tooling.changes import patch
from tooling.changes.bumps import Bump, for_branch, for_release
from tooling.changes.change import Change
from tooling.changes.compare import compare
from tooling.changes.snapshot import Snapshot
from tooling.contracts.operations import anonymous
from tooling.pacts.uses import Users, users

RULES = {
    "version-follows-change": "a version rises by the step that its largest change demands",
    "range-follows-change": "a dependent asks for the version that it needs, and admits the one that is there",
}
PACTS = "shared/contracts/pacts"
CURES = {
    False: "python -m tooling contracts diff --patch | git apply",
    True: "python -m tooling contracts diff --release --patch | git apply",
}
"""By whether it is a release."""


@dataclass(frozen=True)
class Report:
    """`against` says in words what was compared with; `patch` is empty when nothing is missing."""

    against: str
    changes: list[Change]
    bumps: list[Bump]
    findings: list[Finding]
    patch: str


def report(root: Path, old: Snapshot, against: str, *, release: bool = False) -> Report:
    """What the working tree below `root` changes against `old`, and what must follow on a branch, or in a release."""
    new = Snapshot.from_folder(root)
    known = users(root / PACTS)
    changes = [_with_users(change, known) for change in compare(old, new)]
    demand = for_release if release else for_branch
    bumps = demand(old, new, changes) if old.contracts else []
    findings = list(_findings(root, new, bumps, CURES[release]))
    return Report(against, changes, bumps, findings, patch.unified(new.files, bumps))


def _with_users(change: Change, known: Users) -> Change:
    """`change` with what pacts know: who reads the field, and which of the fronts call the operation at all."""
    place = anonymous(change.place)
    readers = known.get((change.service, place), set[str]())
    asking = known.get((change.service, " ".join(place.split()[:2])), set[str]())
    affected = {name for name in change.affected if name in asking or not (asking and name.startswith("front-"))}
    return replace(change, used_by=tuple(sorted(readers)), affected=tuple(sorted(affected | asking)))


def _findings(root: Path, new: Snapshot, bumps: list[Bump], cure: str) -> Iterator[Finding]:
    """One for all versions that must follow a feature's changes, where the first of them stands; one for each range."""
    versions: dict[str, list[Bump]] = {}
    for bump in bumps:
        if "dependencies" in bump.where:
            yield _finding(root, new, bump, [], "range-follows-change", cure)
        else:
            versions.setdefault(bump.feature, []).append(bump)
    for first, *others in versions.values():
        yield _finding(root, new, first, others, "version-follows-change", cure)


def _finding(root: Path, new: Snapshot, bump: Bump, others: list[Bump], rule: str, cure: str) -> Finding:
    also = "".join(f"; {other.file} says {other.now} and must say {other.required}: {other.why}" for other in others)
    text = f"says {bump.now}, but {bump.why}{also}"
    fix = f"write {bump.required}, or {cure}"
    return Finding(root / bump.file, patch.line_of(new.files, bump), text, fix, rule)
