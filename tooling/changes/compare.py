"""All changes between two snapshots."""

from collections import defaultdict
from collections.abc import Iterator

from shared.contracts.manifest import Contract
from shared.contracts.semver import STEPS
from tooling.changes import endpoint_changes, event_changes, shared_names
from tooling.changes.change import Change
from tooling.changes.snapshot import Snapshot


def compare(old: Snapshot, new: Snapshot) -> list[Change]:
    """What a reader of `old` meets in `new`, the breaking changes first."""
    found = [change for name in old.contracts for change in _contract(old, new, name)]
    found += [Change(name, "", "contract", "is new", "minor") for name in new.contracts.keys() - old.contracts.keys()]
    found += shared_names.compare(old.shared_sources, new.shared_sources, _services(old))
    return sorted(set(found), key=lambda c: (-STEPS.index(c.step), c.feature, c.service, c.place, c.text))


def _contract(old: Snapshot, new: Snapshot, name: str) -> Iterator[Change]:
    before = old.contracts[name]
    after = new.contracts.get(name)
    if after is None:
        if f"shared/contracts/{name}/feature.yaml" not in new.files:
            services = tuple(service.name for service in before.services)
            yield Change(name, "", "contract", "was removed", "major", affected=services)
        return
    yield from endpoint_changes.compare(before, after)
    yield from event_changes.compare(before, after, _consumers(old))
    yield from _words(before, after)


def _words(old: Contract, new: Contract) -> Iterator[Change]:
    for field in ("summary", "degradation", "examples", "data_flow", "pages"):
        if getattr(old, field) != getattr(new, field):
            yield Change(new.name, "", field, "says something else", "patch")
    if old.feature_flag != new.feature_flag:
        yield Change(new.name, "", "feature_flag", f"{_flag(old)} became {_flag(new)}", "minor")


def _flag(contract: Contract) -> str:
    flag = contract.feature_flag
    return f"{flag.name} ({'on' if flag.default else 'off'}, {flag.owner}, {flag.expires_on})" if flag else "(none)"


def _consumers(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for contract in snapshot.contracts.values():
        for event in contract.events.consumed:
            found[event.type].add(event.service)
    return {kind: tuple(sorted(services)) for kind, services in found.items()}


def _services(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(sorted(name for name in snapshot.versions if name.startswith("back-")))
