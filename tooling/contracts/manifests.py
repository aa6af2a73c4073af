"""Each service's own `feature.yaml` (guide: "Workflow") says what the contracts say."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shared.contracts import ranges
from shared.contracts.loader import Known
from shared.contracts.manifest import Endpoint
from shared.contracts.rules import version_of
from shared.contracts.service_manifest import Manifest
from shared.contracts.source import Finding, Source, read
from tooling.contracts.front_manifest import form_of

PATTERNS = ("back-*/features/*/feature.yaml", "front-*/app/features/*/feature.yaml")
Endpoints = dict[tuple[str, str], Endpoint]


@dataclass(frozen=True)
class Own:
    """A service's manifest, with the file that it came from."""

    source: Source
    service: str
    manifest: Manifest


def paths(root: Path) -> list[Path]:
    """The manifests of all services below `root`."""
    return sorted(path for pattern in PATTERNS for path in root.glob(pattern))


def load(root: Path) -> tuple[list[Own], list[Finding]]:
    """The manifests that can be read, and what is wrong with the others."""
    known: list[Own] = []
    broken: list[Finding] = []
    for path in paths(root):
        source = read(path)
        service = path.relative_to(root).parts[0]
        parsed = source if isinstance(source, Finding) else source.parse(form_of(service))
        if isinstance(source, Finding) or not isinstance(parsed, Manifest):
            broken += parsed if isinstance(parsed, list) else [source] if isinstance(source, Finding) else []
        else:
            known.append(Own(source, service, parsed))
    return known, broken


def check(root: Path, contracts: Known) -> Iterator[Finding]:
    known, broken = load(root)
    yield from broken
    for own in known:
        yield from _in_its_folder(own)
        yield from _dependencies_are_satisfied(root, own)
        if own.service.startswith("back-"):
            yield from _endpoints_are_contracted(own, _endpoints(contracts, own.service))
    yield from _contracted_endpoints_are_in_manifests(known, contracts)
    yield from _participants_have_their_versions(contracts)


def _endpoints(contracts: Known, service: str) -> Endpoints:
    return {(e.method, e.path): e for _, contract in contracts for e in contract.endpoints if e.service == service}


def _in_its_folder(own: Own) -> Iterator[Finding]:
    folder = own.source.path.parent.name
    for key, declared, is_ in (("name", own.manifest.name, folder), ("service", own.manifest.service, own.service)):
        if declared != is_:
            text = f"{key} {declared!r} is not that of its folder"
            yield own.source.finding([key], text, f"{key}: {is_}", "manifest-in-its-folder")


def _dependencies_are_satisfied(root: Path, own: Own) -> Iterator[Finding]:
    rule = "dependencies-of-a-service-are-satisfied"
    for i, dependency in enumerate(own.manifest.dependencies):
        where = ["dependencies", i]
        file = root / dependency.service / "VERSION"
        if not file.is_file():
            yield own.source.finding(where, f"unknown service {dependency.service!r}", "name a service's folder", rule)
            continue
        version = file.read_text(encoding="utf-8").strip()
        try:
            satisfied = ranges.satisfies(version, dependency.version)
        except ValueError as error:
            yield own.source.finding(where, str(error), "write a range as npm does", rule)
            continue
        if not satisfied:
            text = f"wants {dependency.service} {dependency.version}, but it is {version}"
            yield own.source.finding(where, text, "widen the range once the code fits that version", rule)


def _endpoints_are_contracted(own: Own, contracted: Endpoints) -> Iterator[Finding]:
    for i, endpoint in enumerate(own.manifest.endpoints or ()):
        where = ["endpoints", i]
        key = f"{endpoint.method} {endpoint.path}"
        contracted_endpoint = contracted.get((endpoint.method, endpoint.path))
        if contracted_endpoint is None:
            methods = sorted(method for method, path in contracted if path == endpoint.path)
            text = f"no contract has {key} of {own.service}" + (f", but {', '.join(methods)}" if methods else "")
            yield own.source.finding(where, text, "add it to the contract, or drop it here", "manifest-as-contract")
            continue
        declared = (endpoint.auth_required, endpoint.permission)
        if declared != (contracted_endpoint.auth == "user", contracted_endpoint.permission):
            text = f"{key}: auth_required {declared[0]}, permission {declared[1]}, but the contract says auth {contracted_endpoint.auth}"
            text += f", permission {contracted_endpoint.permission}"
            yield own.source.finding(where, text, "say the same in both", "manifest-as-contract")


def _contracted_endpoints_are_in_manifests(known: list[Own], contracts: Known) -> Iterator[Finding]:
    """A manifest need not list endpoints; one that does lists all of its feature."""
    listing = {(own.service, own.manifest.name): own.manifest.endpoints for own in known}
    for source, contract in contracts:
        for i, endpoint in enumerate(contract.endpoints):
            listed = listing.get((endpoint.service, contract.name))
            if listed is not None and (endpoint.method, endpoint.path) not in {(e.method, e.path) for e in listed}:
                text = f"{endpoint.key} is not in the feature.yaml of {endpoint.service}"
                fix = f"drop `endpoints` from {endpoint.service}/features/{contract.name}/feature.yaml, or add it"
                yield source.finding(["endpoints", i], text, fix, "contract-in-manifest")


def _participants_have_their_versions(contracts: Known) -> Iterator[Finding]:
    """A contract need not name a version; one that it names is the oldest that will do."""
    for source, contract in contracts:
        for i, service in enumerate(contract.services):
            version = version_of(source.path, service.name)
            if service.version is None or version is None:
                continue
            if not ranges.satisfies(version, f">={service.version}"):
                text = f"{service.name} is {version}, not {service.version} or later"
                fix = f"drop `version` ({service.name}/VERSION says it), or raise {service.name}/VERSION"
                yield source.finding(["services", i], text, fix, "participants-have-their-versions")
