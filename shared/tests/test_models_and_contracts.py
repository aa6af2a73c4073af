"""The models are what the contracts publish: every bound, default and required field in `schemas.yaml`."""

from pathlib import Path

import pytest

from shared.contracts.loader import GENERATED, load_one, paths
from shared.contracts.rules import WRITE
from tooling.contracts.schemas import is_fresh


@pytest.mark.parametrize("contract", paths(), ids=lambda path: path.parent.name)
def test_no_model_changes_without_its_contract(contract: Path) -> None:
    assert is_fresh(load_one(contract), contract.with_name(GENERATED)), f"run {WRITE}"
