"""A command that mends what was found is named once, before everything else; what it mends is not reported a second time."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.violations.tree import copy
from tooling.cli import app
from tooling.cli.output import cures
from tooling.contracts import differences, models, schemas
from tooling.contracts.check import check
from tooling.library import check_contracts

FOLDER = Path("shared", "contracts", "profile")
PROFILE = FOLDER / "feature.yaml"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("tree"))


@pytest.fixture
def contract(whole: Path):
    before = {path: path.read_text(encoding="utf-8") for path in (whole / FOLDER).glob("*.yaml")}
    yield whole / PROFILE
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")


def _stale(contract: Path) -> None:
    """Every schema of a profile has another length of its texts than the models."""
    generated = contract.with_name("schemas.yaml")
    text = generated.read_text(encoding="utf-8")
    generated.write_text(text.replace("maxLength: 80", "maxLength: 81"), encoding="utf-8")


def test_the_command_comes_first_and_once(whole: Path, contract: Path):
    _stale(contract)

    done = CliRunner().invoke(app, ["contracts", "check", "--no-live", "--root", str(whole)])

    first, *rest = done.stdout.splitlines()
    assert first.startswith("run: python -m tooling contracts schemas --write  (mends ")
    assert not any(line.startswith("run: ") for line in rest)


def test_what_a_command_mends_is_not_found_in_the_live_api_as_well(
    whole: Path, contract: Path, monkeypatch: pytest.MonkeyPatch
):
    _stale(contract)
    compared: list[str] = []

    def between(_: object, contract_: object, service: str) -> list[str]:
        live = getattr(contract_, "schemas", {})
        compared.extend(name for name in live if models.exists(name) and live[name] != models.schema(name))
        return []

    monkeypatch.setattr(differences, "between", between)
    found = check(whole, lambda services: {service: {"paths": {}} for service in services})

    assert compared == []
    (finding,) = [one for one in found if one.rule == "schemas-are-those-of-the-models"]
    assert "ProfileCreate, ProfileUpdate, ProfileChange differ" in finding.text
    assert cures(found) == {"python -m tooling contracts schemas --write": len(found)}


def test_an_unknown_model_is_reported_with_file_and_line(whole: Path, contract: Path):
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace("request: ProfileCreate", "request: Portrait", 1), encoding="utf-8")
    line = (
        contract.read_text(encoding="utf-8")[: contract.read_text(encoding="utf-8").index("Portrait")].count("\n") + 1
    )

    with pytest.raises(models.UnknownModel, match=f"{PROFILE}:{line}: shared.models has no model Portrait"):
        schemas.stale([contract], write=False)
    unknown = next(one for one in check_contracts(whole, live=False) if "no model Portrait" in one.text)
    assert (unknown.file, unknown.line) == (contract, line)
