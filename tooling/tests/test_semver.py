"""Versions and ranges as the contracts write them."""

import pytest

from shared.contracts import semver


@pytest.mark.parametrize(
    ("version", "wanted", "holds"),
    [
        ("1.2.3", "1.2.3", True),
        ("1.2.4", "=1.2.3", False),
        ("1.2.3", ">=1.0.0", True),
        ("0.9.9", ">=1.0.0", False),
        ("2.0.0", ">=1.2.0 <2.0.0", False),
        ("1.9.0", ">=1.2.0 <2.0.0", True),
        ("1.10.0", ">1.9.0", True),
        ("1.9.0", "<=1.9.0", True),
        ("1.9.9", "^1.2.0", True),
        ("2.0.0", "^1.2.0", False),
        ("0.2.9", "^0.2.3", True),
        ("0.3.0", "^0.2.3", False),
        ("0.0.4", "^0.0.3", False),
        ("1.2.9", "~1.2.3", True),
        ("1.3.0", "~1.2.3", False),
    ],
)
def test_a_version_lies_in_a_range_or_not(version: str, wanted: str, holds: bool):
    assert semver.satisfies(version, wanted) is holds


@pytest.mark.parametrize("wrong", ["", "latest", ">=1", ">= 1.0.0", "1.0.0 ||", "v1.0.0"])
def test_what_is_no_range_is_refused(wrong: str):
    with pytest.raises(ValueError, match="range"):
        semver.check_range(wrong)
