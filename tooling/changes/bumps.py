"""Which versions and ranges must change after what changed, each as one edit of one scalar.

A branch raises the version of each contract that it changes. A release raises the versions of services, and the ranges that follow.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from shared.contracts import ranges
from shared.contracts.semver import Step, bump, larger, parse
from tooling.changes.change import SHARED, Change
from tooling.changes.snapshot import Snapshot

Where = tuple[str | int, ...]


@dataclass(frozen=True)
class Bump:
    """`file` says `now` at `where` (empty: it is the whole file) and must say `required`, since `feature` changed."""

    file: str
    where: Where
    now: str
    required: str
    why: str
    feature: str


class Required:
    """The versions that have to be reached, by service and by manifest."""

    def __init__(self, old: Snapshot, new: Snapshot, changes: list[Change]) -> None:
        self._old = old
        self._new = new
        self.contracts: defaultdict[str, Step] = defaultdict(lambda: "none")
        self.services: defaultdict[str, Step] = defaultdict(lambda: "none")
        self.in_feature: defaultdict[tuple[str, str], Step] = defaultdict(lambda: "none")
        self.cause: dict[str, str] = {}
        """Of a service's version, the first feature with the largest step."""
        for change in changes:
            self._count(change)

    def _count(self, change: Change) -> None:
        for owner in {change.service, SHARED if change.model else ""} - {""}:
            if larger(self.services[owner], change.step) != self.services[owner]:
                self.cause[owner] = change.feature
            self.services[owner] = larger(self.services[owner], change.step)
            key = (change.feature, owner)
            self.in_feature[key] = larger(self.in_feature[key], change.step)
        if change.feature != SHARED:
            self.contracts[change.feature] = larger(self.contracts[change.feature], change.step)

    def version(self, service: str) -> str:
        """What `service` must be at least; what it is, when that is enough."""
        return at_least(self._old.versions.get(service), self._new.versions[service], self.services[service])


def at_least(before: str | None, now: str, step: Step) -> str:
    """`now`, or the version one `step` after `before` when it lies below that."""
    needed = bump(before, step) if before else now
    return max(now, needed, key=lambda version: parse(version).sort_key())


def for_branch(old: Snapshot, new: Snapshot, changes: list[Change]) -> list[Bump]:
    """The edits that a branch still lacks: the version of each contract that changed."""
    return list(_contracts(old, new, Required(old, new, changes)))


def for_release(old: Snapshot, new: Snapshot, changes: list[Change]) -> list[Bump]:
    """Every edit that a release still lacks."""
    required = Required(old, new, changes)
    return [
        *_contracts(old, new, required),
        *_services(new, required),
        *_manifests(old, new, required),
        *_ranges(old, new, required),
    ]


def _contracts(old: Snapshot, new: Snapshot, required: Required) -> Iterator[Bump]:
    for name, contract in new.contracts.items():
        file = f"shared/contracts/{name}/feature.yaml"
        step = required.contracts[name]
        before = old.contracts[name].version if name in old.contracts else None
        if (version := at_least(before, contract.version, step)) != contract.version:
            yield Bump(file, ("version",), contract.version, version, f"its largest change is {step}", name)


def _services(new: Snapshot, required: Required) -> Iterator[Bump]:
    for service, now in new.versions.items():
        if (version := required.version(service)) != now:
            step = required.services[service]
            why = f"the largest change of its interface is {step}"
            yield Bump(f"{service}/VERSION", (), now, version, why, required.cause[service])


def _manifests(old: Snapshot, new: Snapshot, required: Required) -> Iterator[Bump]:
    for path, manifest in new.manifests.items():
        step = required.in_feature[manifest.name, manifest.service]
        before = old.manifests[path].version if path in old.manifests else None
        if (version := at_least(before, manifest.version, step)) != manifest.version:
            yield Bump(path, ("version",), manifest.version, version, f"its largest change is {step}", manifest.name)


def _ranges(old: Snapshot, new: Snapshot, required: Required) -> Iterator[Bump]:
    for name, contract in new.contracts.items():
        file = f"shared/contracts/{name}/feature.yaml"
        for dependent, entry in contract.dependencies.items():
            if isinstance(entry, str):
                yield from _range(old, required, name, dependent, file, ("dependencies", dependent), entry)
                continue
            for i, one in enumerate(entry):
                for service, range_ in one.items():
                    where = ("dependencies", dependent, i, service)
                    yield from _range(old, required, name, service, file, where, range_)
    for path, manifest in new.manifests.items():
        for i, dependency in enumerate(manifest.dependencies):
            where = _written_at(new, path, i, dependency.service)
            yield from _range(old, required, manifest.name, dependency.service, path, where, dependency.version)


def _written_at(new: Snapshot, path: str, i: int, service: str) -> Where:
    """Where the manifest at `path` has the range of its dependency `i`: in a mapping, or in a list in full or short."""
    source = new.source(path)
    full: Where = ("dependencies", i, "version")
    places: tuple[Where, ...] = (("dependencies", service), full, ("dependencies", i, service))
    return next((where for where in places if source and source.node(where)), full)


def _range(
    old: Snapshot, required: Required, feature: str, service: str, file: str, where: Where, range_: str
) -> Iterator[Bump]:
    """A dependent of a broken interface must ask for the new one; every other range must admit it."""
    before = old.versions.get(service)
    if before is None or not _is_range(range_):
        return
    version = required.version(service)
    by_name = (
        required.in_feature[SHARED, SHARED] if service == SHARED else "none"
    )  # a constant or function is everybody's
    if "major" in (required.in_feature[feature, service], by_name):
        if ranges.satisfies(before, range_) or not ranges.satisfies(version, range_):
            operator = range_[0] if range_[0] in "^~" else ">="
            why = f"{service} {before} does not do what {feature} needs now"
            yield Bump(file, where, range_, f"{operator}{version}", why, feature)
    elif version != before and not ranges.satisfies(version, range_):
        yield Bump(file, where, range_, f"{range_} || ^{version}", f"{service} becomes {version}", feature)


def _is_range(range_: str) -> bool:
    try:
        ranges.check_range(range_)
    except ValueError:
        return False  # `contracts check` says so
    return True
