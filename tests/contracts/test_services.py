"""Each service's own `feature.yaml` agrees with the contract of its feature (guide: "Documentation Phase")."""

from pathlib import Path

import pytest

from shared.chassis.features import read_manifest
from shared.contracts import ranges
from tests.contracts.contracts import load, names
from tooling.paths import ROOT

MANIFESTS = [path.relative_to(ROOT) for path in sorted(ROOT.glob("back-*/features/*/feature.yaml"))]


@pytest.mark.parametrize("path", MANIFESTS, ids=str)
def test_manifest_of_a_service_agrees_with_the_contracts(path: Path):
    service = path.parts[0]
    manifest = read_manifest(ROOT / path, service)
    declared = {
        (endpoint.method, endpoint.path): (endpoint.auth == "user", endpoint.permission)
        for name in names()
        for endpoint in load(name).endpoints
        if endpoint.service == service
    }

    assert {(e.method, e.path): (e.auth_required, e.permission) for e in manifest.endpoints}.items() <= declared.items()


@pytest.mark.parametrize("path", MANIFESTS, ids=str)
def test_dependencies_of_a_service_are_there_in_that_version(path: Path):
    for dependency in read_manifest(ROOT / path, path.parts[0]).dependencies:
        version = (ROOT / dependency.service / "VERSION").read_text(encoding="utf-8").strip()
        assert ranges.satisfies(version, dependency.version), f"{dependency.service} is {version}"


@pytest.mark.parametrize("name", names())
def test_versions_of_a_contract_are_those_of_the_services(name: str):
    for service in load(name).services:
        assert service.version == (ROOT / service.name / "VERSION").read_text(encoding="utf-8").strip(), service.name
