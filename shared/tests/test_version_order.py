"""Precedence of versions (semver 2.0.0, section 11) and what a step makes of one."""

from itertools import pairwise

import pytest

from shared.contracts import semver
from shared.contracts.semver import Step, bump, larger, parse

# The specification's own example, with a word that has digits, and builds.
IN_ORDER = [
    "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-1a", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
    "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1-1", "1.0.1", "1.1.0", "2.0.0",
]  # fmt: skip


@pytest.mark.parametrize(("lower", "higher"), list(pairwise(IN_ORDER)))
def test_numbers_come_before_words_and_a_pre_release_before_its_release(lower: str, higher: str) -> None:
    assert parse(lower).sort_key() < parse(higher).sort_key()


@pytest.mark.parametrize("version", [*IN_ORDER, "0.1.0-0.x.7"])
def test_a_version_is_written_as_it_was_read(version: str) -> None:
    assert str(parse(version)) == version


def test_a_build_says_nothing_about_the_order() -> None:
    assert parse("1.0.0+a").sort_key() == parse("1.0.0+b").sort_key()


@pytest.mark.parametrize(
    "text", ["1", "1.2", "01.2.3", "1.02.3", "1.2.03", "1.2.3.4", "v1.2.3", "1.2.3-", "1.2.3-a..b", ""]
)
def test_what_is_no_version_is_refused(text: str) -> None:
    assert not semver.is_version(text)
    with pytest.raises(ValueError, match="is not a version"):
        parse(text)


@pytest.mark.parametrize(
    ("version", "step", "after"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "none", "1.2.3"),
        ("0.2.3", "major", "0.3.0"),
        ("0.2.3", "minor", "0.2.4"),
        ("0.2.3", "patch", "0.2.4"),
        ("0.2.3", "none", "0.2.3"),
        ("1.2.3-rc.1", "patch", "1.2.4"),
    ],
)
def test_a_step_raises_one_number_and_zeroes_the_rest(version: str, step: Step, after: str) -> None:
    assert bump(version, step) == after


@pytest.mark.parametrize(
    ("one", "other", "larger_one"),
    [("none", "patch", "patch"), ("minor", "patch", "minor"), ("major", "minor", "major"), ("none", "none", "none")],
)
def test_the_larger_of_two_steps(one: Step, other: Step, larger_one: Step) -> None:
    assert larger(one, other) == larger(other, one) == larger_one
