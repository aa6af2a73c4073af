"""`feature show` finds a feature's files by what its contract names, whatever they are called."""

import pytest

from shared.contracts import boundaries
from shared.contracts.loader import load_one
from tooling.features import page
from tooling.paths import CONTRACTS, ROOT


def _files(name: str) -> set[str]:
    contract = load_one(CONTRACTS / name / "feature.yaml")
    return {path for paths in page(ROOT, contract, boundaries.load()).files.values() for path in paths}


@pytest.mark.parametrize(
    "path",
    [
        "back-api/features/profile/domain.py",
        "back-postgres/migrations/0003_profiles.sql",
        "back-postgres/tests/test_profiles.py",
        "back-api/tests/integration/test_profile_creation.py",
        "docs/features/profile.md",
        "shared/contracts/pacts/front-public-back-api.json",
        "shared/contracts/profile/schemas.yaml",
        "shared/models/profile.py",
        "tests/e2e/profile-editing.test.ts",
    ],
)
def test_what_a_contract_names_is_found_by_it(path: str):
    assert path in _files("profile")


def test_consumers_are_found_by_the_event_that_they_take():
    assert any(path.startswith("back-workers/") and "/tests/" not in path for path in _files("profile"))


def test_what_only_uses_its_paths_as_samples_is_left_out():
    assert not any(path.startswith(("back-gateway/", "back-cassandra/")) for path in _files("profile"))
