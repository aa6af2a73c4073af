"""`dashboard flags` lists all flags and those that should be gone."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shared.contracts.loader import FOLDER
from shared.contracts.manifest import FeatureFlag
from tooling.cli import app
from tooling.cli.flags import expired


def flag(expires_on: date) -> FeatureFlag:
    return FeatureFlag(name="bookmarks", default=True, owner="team-tools", expires_on=expires_on)


@pytest.fixture
def tree(tmp_path: Path) -> Callable[[str], Path]:
    """A tree whose announcements expire on that day."""

    def make(day: str) -> Path:
        contracts = tmp_path / "shared" / "contracts"
        shutil.copytree(FOLDER, contracts, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        contract = contracts / "announcements" / "feature.yaml"
        contract.write_text(contract.read_text(encoding="utf-8").replace("2027-05-31", day), encoding="utf-8")
        return tmp_path

    return make


def test_a_flag_expires_on_its_day() -> None:
    flags = {"today": flag(date(2026, 11, 30)), "tomorrow": flag(date(2026, 12, 1))}
    assert list(expired(flags, date(2026, 11, 30))) == ["today"]


def test_stale_flags_are_named_and_end_with_1(tree: Callable[[str], Path]) -> None:
    answer = CliRunner().invoke(app, ["flags", "stale", "--root", str(tree("2020-01-01"))])
    assert (answer.exit_code, answer.output.split()[:2]) == (1, ["announcements", "announcements"])


def test_all_flags_are_listed(tree: Callable[[str], Path]) -> None:
    answer = CliRunner().invoke(app, ["flags", "list", "--json", "--root", str(tree("2099-01-01"))])
    assert answer.exit_code == 0
    assert '"expires_on": "2099-01-01"' in answer.output
