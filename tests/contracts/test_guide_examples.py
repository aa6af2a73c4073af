"""The manifests that the guide shows are valid as they are typed; what they leave out is to do until somebody starts to build."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shared.contracts.check import main
from shared.contracts.service_manifest import read_manifest
from tests.violations.tree import copy
from tooling.cli import app

CONTRACTS_CHAPTER = """# shared/contracts/user-registration/feature.yaml
name: user-registration
version: 1.0.0
type: cross-service

services:
  - name: front-public
    provides: [UI]
  - name: back-api
    provides: [business-logic]
  - name: back-auth
    provides: [authentication]
  - name: back-postgres
    provides: [data-persistence]

dependencies:
  back-api:
    - back-auth: ">=1.2.0"
    - back-postgres: ">=1.0.0"
"""
PLAN_PHASE = """# Create shared/contracts/{feature-name}/feature.yaml
name: {feature-name}
version: 1.0.0
type: cross-service

services:
  - name: front-public
    version: 1.0.0
  - name: back-api
    version: 1.0.0
  - name: back-postgres
    version: 1.0.0

data_flow:
  - front-public → back-api → back-postgres

dependencies:
  back-api:
    - back-postgres: ">=1.0.0"
"""
DOCUMENTATION_PHASE = """# Update feature.yaml in each service
name: {feature-name}
version: 1.0.0
service: {service-name}

dependencies:
  - service: {other-service}
    version: ">=1.0.0"

endpoints:
  - path: /api/{feature-name}
    method: POST
    auth_required: true
"""
BREAKING_CHANGE = """# Increment version in all affected feature.yaml files
dependencies:
  shared: ">=2.0.0"  # Breaking change!
"""
NAME = "bookmark-folders"
"""Of no feature: nothing is built yet."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("tree"))


@pytest.fixture
def tree(whole: Path) -> Iterator[Path]:
    """A tree in which nothing of the planned feature is left afterwards."""
    registration = whole / "shared" / "contracts" / "user-registration" / "feature.yaml"
    before = registration.read_text(encoding="utf-8")
    yield whole
    registration.write_text(before, encoding="utf-8")
    for folder in ("shared/contracts", "back-api/features", "front-public/app/features"):
        shutil.rmtree(whole / folder / NAME, ignore_errors=True)


def _write(tree: Path, path: str, text: str) -> None:
    (tree / path).parent.mkdir(parents=True, exist_ok=True)
    (tree / path).write_text(text, encoding="utf-8")


def _check(tree: Path) -> tuple[int, set[str], set[str]]:
    """The exit code of `contracts check`, the rules that are broken, and those that have something to do."""
    done = CliRunner().invoke(app, ["contracts", "check", "--no-live", "--json", "--root", str(tree)])
    document = json.loads(done.stdout)
    return done.exit_code, {one["rule"] for one in document["found"]}, {one["rule"] for one in document["todo"]}


EXAMPLES = {
    "Feature Contracts": CONTRACTS_CHAPTER.replace("user-registration", NAME),
    "Define Contracts": PLAN_PHASE.replace("{feature-name}", NAME),
    "Versioning": PLAN_PHASE.replace("{feature-name}", NAME) + BREAKING_CHANGE.split("dependencies:\n")[1],
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_guide_is_valid_as_typed(tree: Path, example: str):
    _write(tree, f"shared/contracts/{NAME}/feature.yaml", EXAMPLES[example])

    assert main([str(tree / "shared" / "contracts")]) == 0
    exit_code, found, todo = _check(tree)
    assert (exit_code, found) == (0, set())
    assert {"contract-is-complete", "feature-has-its-page"} <= todo


def test_the_example_of_a_feature_that_exists_is_read(tree: Path, capsys: pytest.CaptureFixture[str]):
    """Typed over the contract of what runs, it is of the right form, and lacks what runs."""
    _write(tree, "shared/contracts/user-registration/feature.yaml", CONTRACTS_CHAPTER)

    assert main([str(tree / "shared" / "contracts")]) == 1
    assert "[well-formed]" not in capsys.readouterr().out


def test_what_is_to_do_is_shown_with_the_fix(tree: Path):
    _write(tree, f"shared/contracts/{NAME}/feature.yaml", EXAMPLES["Define Contracts"])

    done = CliRunner().invoke(app, ["contracts", "check", "--no-live", "--root", str(tree)])

    assert done.exit_code == 0
    assert "to do, for features that no service implements yet:" in done.stdout
    assert f"{NAME} has no summary" in done.stdout
    assert "say in a sentence what people get" in done.stdout


@pytest.mark.parametrize("column", [f"back-api/features/{NAME}/domain.py", f"front-public/app/features/{NAME}/x.ts"])
def test_from_the_first_file_on_what_is_missing_is_required(tree: Path, column: str):
    _write(tree, f"shared/contracts/{NAME}/feature.yaml", EXAMPLES["Define Contracts"])
    _write(tree, column, "")

    exit_code, found, todo = _check(tree)

    assert (exit_code, todo) == (1, set())
    assert {"contract-is-complete", "degradation-is-declared"} <= found


def test_what_contradicts_the_boundaries_is_wrong_in_a_plan_as_well(tree: Path):
    wrong = EXAMPLES["Define Contracts"].replace("front-public → back-api →", "front-public →")
    _write(tree, f"shared/contracts/{NAME}/feature.yaml", wrong)

    assert _check(tree)[:2] == (1, {"flow-is-allowed"})


@pytest.mark.parametrize(
    "dependencies", ["", BREAKING_CHANGE.partition("\n")[2], 'dependencies:\n  - back-auth: ">=1.2.0"\n']
)
def test_the_manifest_of_a_service_is_valid_as_typed(tmp_path: Path, dependencies: str):
    names = {"{feature-name}": NAME, "{service-name}": "back-api", "{other-service}": "back-postgres"}
    text = DOCUMENTATION_PHASE
    for placeholder, name in names.items():
        text = text.replace(placeholder, name)
    if dependencies:
        text = text.replace('dependencies:\n  - service: back-postgres\n    version: ">=1.0.0"\n', dependencies)
    path = tmp_path / NAME / "feature.yaml"
    _write(tmp_path, f"{NAME}/feature.yaml", text)

    manifest = read_manifest(path, "back-api")

    assert len(manifest.dependencies) == 1
    assert manifest.endpoints
    assert manifest.endpoints[0].path == f"/api/{NAME}"
