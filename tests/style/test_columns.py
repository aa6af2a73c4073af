"""A feature is a column: its folder in every service bears the name of its contract."""

from pathlib import Path

import pytest

from tooling.paths import CONTRACTS, ROOT

HOMES = [
    ROOT / "back-api" / "features",
    ROOT / "back-auth" / "features",
    ROOT / "back-workers" / "features",
    ROOT / "front-public" / "app" / "features",
    ROOT / "front-admin" / "app" / "features",
]
FEATURES = {path.parent.name for path in CONTRACTS.glob("*/feature.yaml")}


@pytest.mark.parametrize("home", HOMES, ids=lambda home: str(home.relative_to(ROOT)))
def test_every_feature_folder_is_named_after_a_contract(home: Path):
    folders = {path.name for path in home.iterdir() if path.is_dir() and path.name != "__pycache__"}

    assert folders
    assert folders <= FEATURES  # what belongs to no feature of a front lies in `app/frame`
