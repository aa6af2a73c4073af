"""A copy of all contracts, in which a test makes a mistake."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.contracts.check import FOLDER

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def contracts(tmp_path: Path) -> Path:
    """A copy of all contracts."""
    return Path(shutil.copytree(FOLDER, tmp_path / "contracts", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def change(path: Path, how: Change) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    how(data)
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


def first(data: dict[str, Any]) -> dict[str, Any]:
    return data["endpoints"][0]


def internal(data: dict[str, Any]) -> dict[str, Any]:
    return next(endpoint for endpoint in data["endpoints"] if endpoint["auth"] == "internal")
