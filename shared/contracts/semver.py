"""Versions and ranges of semver 2.0.0, ranges as npm writes them: shared/contracts/ranges.py reads those."""

import re
from typing import Literal, NamedTuple

Step = Literal["none", "patch", "minor", "major"]
STEPS: tuple[Step, ...] = ("none", "patch", "minor", "major")
_VERSION = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?"
)


class Version(NamedTuple):
    """`pre` holds the identifiers of a pre-release, in a form that compares: numbers before words, none after all."""

    major: int
    minor: int
    patch: int
    pre: tuple[tuple[int, int, str], ...] = ()

    def sort_key(self) -> tuple[int, int, int, bool, tuple[tuple[int, int, str], ...]]:
        return *self.core, not self.pre, self.pre

    @property
    def core(self) -> tuple[int, int, int]:
        return self.major, self.minor, self.patch

    def __str__(self) -> str:
        pre = ".".join(word or str(number) for _, number, word in self.pre)
        return f"{self.major}.{self.minor}.{self.patch}{'-' + pre if pre else ''}"


def parse(text: str) -> Version:
    """The version in `text`.

    Raises:
        ValueError: it is not `major.minor.patch`, with an optional `-pre.release` and `+build`.
    """
    match = _VERSION.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a version such as 1.2.0")
    major, minor, patch, pre = match.groups()
    return Version(int(major), int(minor), int(patch), pre_release(pre))


def is_version(text: str) -> bool:
    """Whether `parse` takes it."""
    return _VERSION.fullmatch(text.strip()) is not None


def pre_release(text: str | None) -> tuple[tuple[int, int, str], ...]:
    identifiers = text.split(".") if text else []
    return tuple((0, int(one), "") if one.isdigit() else (1, 0, one) for one in identifiers)


def bump(version: str, step: Step) -> str:
    """`version` after one `step`; below 1.0.0 a breaking change is a minor step, and an addition a patch."""
    major, minor, patch = parse(version).core
    if major == 0 and step in ("major", "minor"):
        step = "minor" if step == "major" else "patch"
    match step:
        case "major":
            return f"{major + 1}.0.0"
        case "minor":
            return f"{major}.{minor + 1}.0"
        case "patch":
            return f"{major}.{minor}.{patch + 1}"
        case "none":
            return version


def larger(one: Step, other: Step) -> Step:
    return one if STEPS.index(one) >= STEPS.index(other) else other
