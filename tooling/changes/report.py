"""`contracts diff` as a function: what changed, who is affected, what to bump, and the patch that does."""

from dataclasses import dataclass, replace
from pathlib import Path

from shared.contracts.source import Finding
from tooling.changes import patch
from tooling.changes.bumps import Bump, demand
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


@dataclass(frozen=True)
class Report:
    """`against` says in words what was compared with; `patch` is empty when nothing is missing."""

    against: str
    changes: list[Change]
    bumps: list[Bump]
    findings: list[Finding]
    patch: str


def report(root: Path, old: Snapshot, against: str) -> Report:
    """What the working tree below `root` changes against `old`."""
    new = Snapshot.of_folder(root)
    known = users(root / PACTS)
    changes = [_with_users(change, known) for change in compare(old, new)]
    bumps = demand(old, new, changes) if old.contracts else []
    findings = [_finding(root, new, bump) for bump in bumps]
    return Report(against, changes, bumps, findings, patch.unified(new.files, bumps))


def _with_users(change: Change, known: Users) -> Change:
    consumers = known.get((change.service, anonymous(change.place)), ())
    return replace(change, used_by=tuple(sorted(consumers))) if consumers else change


def _finding(root: Path, new: Snapshot, bump: Bump) -> Finding:
    rule = "range-follows-change" if "dependencies" in bump.where else "version-follows-change"
    text = f"says {bump.now}, but {bump.why}"
    return Finding(root / bump.file, patch.line_of(new.files, bump), text, f"write {bump.wanted}", rule)
