"""Versions and ranges as the contracts write them."""

import pytest

from shared.contracts import ranges, semver


@pytest.mark.parametrize(
    ("version", "range_", "is_inside"),
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
        ("1.9.0", "~1", True),
        ("1.2.9", "~1.2", True),
        ("1.3.0", "~1.2", False),
        ("1.9.9", "^1", True),
        ("1.1.9", "^1.2", False),
        ("0.5.0", "^0.x", True),
        ("0.0.5", "^0.0", True),
        ("0.1.0", "^0.0", False),
        ("1.7.3", "1.x", True),
        ("2.0.0", "1.x", False),
        ("1.2.7", "1.2.*", True),
        ("1.3.0", "1.2.X", False),
        ("1.4.0", "1", True),
        ("7.0.0", "*", True),
        ("2.3.9", "1.2 - 2.3", True),
        ("2.4.0", "1.2 - 2.3", False),
        ("2.3.4", "1.2.3 - 2.3.4", True),
        ("2.3.5", "1.2.3 - 2.3.4", False),
        ("9.0.0", "1.0.0 - *", True),
        ("2.1.0", "^1.0.0 || ^2.0.0", True),
        ("3.0.0", "^1.0.0 || ^2.0.0", False),
        ("1.5.0", "<1.2 || >=1.4 <1.6", True),
        ("1.3.0", "<1.2 || >=1.4 <1.6", False),
        ("1.0.0", ">=1", True),
        ("1.9.0", ">1", False),
        ("2.0.0", ">1", True),
        ("1.9.9", "<=1", True),
        ("2.0.0", "<=1", False),
        ("1.2.9", "<=1.2", True),
        ("1.0.0", ">= 1.0.0", True),
        ("1.2.3", "v1.2.3", True),
        ("1.2.3", "~> 1.2", True),
        ("2.0.0-rc.1", "^1.0.0", False),
        ("2.0.0-rc.1", ">=1.0.0", False),
        ("2.0.0-rc.2", ">=2.0.0-rc.1", True),
        ("2.0.0-rc.10", ">2.0.0-rc.9", True),
        ("2.0.0", ">2.0.0-rc.9", True),
        ("2.0.1-rc.1", ">=2.0.0-rc.1", False),
        ("1.2.3+build.7", "1.2.3", True),
        ("1.0.0", "<*", False),
    ],
)
def test_a_version_lies_in_a_range_or_not(version: str, range_: str, is_inside: bool):
    assert ranges.satisfies(version, range_) is is_inside


@pytest.mark.parametrize(
    "wrong", ["", "latest", "1.0.0 ||", ">=", "1.2.3.4", "^^1.0.0", "1.0.0 -", "=>1.0.0", "01.0.0"]
)
def test_what_is_no_range_is_refused(wrong: str):
    with pytest.raises(ValueError, match="range"):
        ranges.check_range(wrong)


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        ("patch", "1.2.3", "1.2.4"),
        ("minor", "1.2.3", "1.3.0"),
        ("major", "1.2.3", "2.0.0"),
        ("none", "1.2.3", "1.2.3"),
        ("major", "0.2.3", "0.3.0"),
        ("minor", "0.2.3", "0.2.4"),
    ],
)
def test_a_step_leads_to_the_next_version(step: semver.Step, before: str, after: str):
    assert semver.bump(before, step) == after


@pytest.mark.parametrize("wrong", ["1.0", "01.0.0", "1.0.0-", "one"])
def test_an_impossible_version_is_refused(wrong: str):
    with pytest.raises(ValueError, match="version"):
        semver.parse(wrong)
