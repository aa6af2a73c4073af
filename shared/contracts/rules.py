"""The rules inside one contract, given the boundaries. Each rule yields findings; `check` runs them all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.contracts import flow, planned, ranges, semver
from shared.contracts.boundaries import Boundaries
from shared.contracts.loader import GENERATED
from shared.contracts.manifest import DEFAULT_MAX_BODY, Contract
from shared.contracts.source import Finding, Source
from shared.security.permissions import ROLE_PERMISSIONS
from shared.utils.errors import BY_STATUS

WRITE = "python -m tooling contracts schemas --write"
PERMISSIONS = frozenset(permission for granted in ROLE_PERMISSIONS.values() for permission in granted)


@dataclass(frozen=True)
class Case:
    """One contract with the file it came from and the boundaries it must keep."""

    source: Source
    contract: Contract
    boundaries: Boundaries

    @property
    def versions(self) -> dict[str, str | None]:
        """The version of each participant, and of shared; None for a service that does not lie beside the contract."""
        names = [*(service.name for service in self.contract.services), "shared"]
        return {name: version_of(self.source.path, name) for name in names}

    def ours(self, name: str) -> bool:
        """Whether `name` is a service that has a version (no store, no stand-in)."""
        service = self.boundaries.services.get(name)
        return service is not None and service.kind not in ("store", "stand-in")


def version_of(contract: Path, service: str) -> str | None:
    """What the `VERSION` of `service` (or shared) says in the tree of the file `contract`; None without a version there."""
    file = planned.tree_of(contract) / service / "VERSION"
    text = file.read_text(encoding="utf-8").strip() if file.is_file() else ""
    return text if semver.is_version(text) else None


def name_is_folder(case: Case) -> Iterator[Finding]:
    folder = case.source.path.parent.name
    if case.contract.name != folder:
        yield case.source.finding(["name"], f"{case.contract.name!r} lies in the folder {folder}", f"name: {folder}")


def _named_services(contract: Contract) -> list[tuple[Sequence[str | int], str]]:
    """Where the contract names a service, and which one, besides its list of `services`."""
    named: list[tuple[Sequence[str | int], str]]
    named = [(["data_flow", i], name) for i, line in enumerate(contract.data_flow) for name in flow.services(line)]
    named += [(["endpoints", i], endpoint.service) for i, endpoint in enumerate(contract.endpoints)]
    named += [(["endpoints", i, "callers"], name) for i, each in enumerate(contract.endpoints) for name in each.callers]
    named += [(["pages", i], page.front) for i, page in enumerate(contract.pages)]
    named += [(["sockets", i], socket.service) for i, socket in enumerate(contract.sockets)]
    named += [(["channels", i], name) for i, each in enumerate(contract.channels) for name in each.services]
    named += [(["events", "published", i], event.service) for i, event in enumerate(contract.events.published)]
    named += [(["events", "consumed", i], event.service) for i, event in enumerate(contract.events.consumed)]
    return named


def services_exist(case: Case) -> Iterator[Finding]:
    named: list[tuple[Sequence[str | int], str]]
    named = [(["services", i], service.name) for i, service in enumerate(case.contract.services)]
    named += [(["degradation", name], name) for name in case.contract.degradation]
    for where, name in [*named, *_named_services(case.contract)]:
        if name not in case.boundaries.services:
            yield case.source.finding(
                where, f"unknown service {name!r}", "name a service of shared/contracts/boundaries.yaml"
            )


def flow_is_allowed(case: Case) -> Iterator[Finding]:
    allowed = case.boundaries.edges()
    for i, line in enumerate(case.contract.data_flow):
        hops = flow.hops(line)
        if not hops:
            yield case.source.finding(["data_flow", i], f"{line!r} names no call", "write it as `a → b`")
        for caller, arrow, callee in hops:
            if arrow == flow.CALL and (caller, callee) not in allowed:
                text = f"{caller} → {callee} is not a declared call"
                yield case.source.finding(
                    ["data_flow", i],
                    text,
                    f"add {callee} to services.{caller}.calls in boundaries.yaml, or go another way",
                )
            if arrow == flow.LATER and (callee, caller) not in allowed:
                text = f"{callee} has nothing from {caller}, which it may not call"
                fix = f"write ⇢ where {callee} goes on with what it took from {caller}, or declare that it may call it"
                yield case.source.finding(["data_flow", i], text, fix)


def participants_are_listed(case: Case) -> Iterator[Finding]:
    listed = case.versions
    for where, name in _named_services(case.contract):
        if case.ours(name) and name not in listed:
            yield case.source.finding(where, f"{name} takes part but is not listed", f"add {name} to `services`")


def dependencies_are_satisfied(case: Case) -> Iterator[Finding]:
    calls = case.boundaries.edges()
    versions = case.versions
    for dependent, dependency, range_ in case.contract.ranges():
        where = ["dependencies", dependent if dependent != case.contract.name else dependency]
        if dependency not in versions:
            yield case.source.finding(
                where, f"{dependency} is not in `services`", f"list {dependency} or drop the range"
            )
        elif (version := versions[dependency]) and not ranges.satisfies(version, range_):
            text = f"{dependent} wants {dependency} {range_}, but it is {version}"
            yield case.source.finding(where, text, "raise the version or widen the range")
        if dependency != "shared" and (dependent, dependency) not in calls:
            text = f"{dependent} depends on {dependency}, which it may not call"
            yield case.source.finding(where, text, "drop the dependency, or declare the call in boundaries.yaml")


def degradation_is_declared(case: Case) -> Iterator[Finding]:
    hops = {name for line in case.contract.data_flow for name in flow.services(line)}
    behind = {hop for hop in hops if hop in case.boundaries.services and case.boundaries.services[hop].kind != "front"}
    for name in sorted(behind - set(case.contract.degradation)):
        text = f"nothing says what people see while {name} is down"
        yield case.source.finding(["degradation"], text, f"add a sentence for {name}")


def endpoints_are_consistent(case: Case) -> Iterator[Finding]:
    for i, endpoint in enumerate(case.contract.endpoints):
        where = ["endpoints", i]
        if endpoint.path.startswith("/internal/") != endpoint.for_services:
            yield case.source.finding(
                where,
                f"{endpoint.key} has auth {endpoint.auth}",
                "`auth: internal` belongs to /internal/ paths (`client` as well), and only there",
            )
        if endpoint.permission and endpoint.auth != "user":
            yield case.source.finding(where, f"{endpoint.key} asks nobody's permission", "set `auth: user`")
        if endpoint.permission and endpoint.permission not in PERMISSIONS:
            yield case.source.finding(
                where,
                f"no role holds {endpoint.permission}",
                "add it to shared/security/permissions.py, or mend the name",
            )
        needed = {401} if endpoint.auth != "none" else set[int]()
        needed |= {403} if endpoint.permission or endpoint.for_services else set()
        for status in sorted(needed - set(endpoint.errors)):
            yield case.source.finding(where, f"{endpoint.key} can answer {status}", f"add {status} to its errors")
        for status in endpoint.errors:
            if status not in BY_STATUS:
                yield case.source.finding(
                    where, f"{endpoint.key}: no error has status {status}", "use a status of shared/utils/errors.py"
                )


def sizes_are_of_bodies(case: Case) -> Iterator[Finding]:
    for i, endpoint in enumerate(case.contract.endpoints):
        if endpoint.request is None and endpoint.max_body != DEFAULT_MAX_BODY:
            text = f"{endpoint.key} reads no body, but names `max_body`"
            yield case.source.finding(["endpoints", i, "max_body"], text, "drop it")


def callers_may_call(case: Case) -> Iterator[Finding]:
    """Who is admitted to an endpoint for services is declared, and declared callers are allowed ones."""
    allowed = case.boundaries.edges()
    for i, endpoint in enumerate(case.contract.endpoints):
        where = ["endpoints", i]
        if endpoint.for_services and not endpoint.callers:
            yield case.source.finding(where, f"{endpoint.key} admits nobody", "name its `callers`, or drop it")
        if endpoint.callers and endpoint.auth == "user":
            text = f"{endpoint.key} is for users, but names `callers`"
            yield case.source.finding([*where, "callers"], text, "drop them; `auth` says who may call it")
        for caller in endpoint.callers:
            if (caller, endpoint.service) not in allowed:
                text = f"{endpoint.key}: {caller} may not call {endpoint.service}"
                fix = f"drop it, or add {endpoint.service} to services.{caller}.calls in boundaries.yaml"
                yield case.source.finding([*where, "callers"], text, fix)


def schemas_are_generated(case: Case) -> Iterator[Finding]:
    if case.source.node(["schemas"]) is not None:
        text = f"schemas stand in {GENERATED}, generated from shared.models"
        fix = f"drop them, and run `{WRITE}`"
        yield Finding(case.source.path, case.source.line(["schemas"]), text, fix)


def schemas_exist(case: Case) -> Iterator[Finding]:
    named = set(case.contract.named_schemas())
    for name in sorted(named - set(case.contract.schemas)):
        yield case.source.finding(["schemas"], f"the schema {name} is missing", f"run `{WRITE}`")
    for name in sorted(set(case.contract.schemas) - named - {"request", "response"}):
        yield case.source.finding(["schemas", name], f"nothing refers to the schema {name}", f"run `{WRITE}`")
    for name in case.contract.examples:
        if name not in case.contract.schemas:
            yield case.source.finding(
                ["examples", name], f"no schema is called {name}", "name one that an endpoint uses"
            )


RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    name_is_folder,
    services_exist,
    flow_is_allowed,
    participants_are_listed,
    dependencies_are_satisfied,
    degradation_is_declared,
    endpoints_are_consistent,
    sizes_are_of_bodies,
    callers_may_call,
    schemas_are_generated,
    schemas_exist,
)
