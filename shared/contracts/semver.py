"""Versions and ranges (semver 2.0.0 without pre-releases; ranges as npm writes them: `>=1.2.0 <2.0.0`, `^1.2.0`, `~1.2.0`)."""

import re

Version = tuple[int, int, int]
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_COMPARATOR = re.compile(r"(>=|<=|>|<|=|\^|~)?(\d+\.\d+\.\d+)")


def parse(text: str) -> Version:
    """The version in `text`.

    Raises:
        ValueError: it is not `major.minor.patch`.
    """
    match = _VERSION.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a version such as 1.2.0")
    major, minor, patch = (int(part) for part in match.groups())
    return major, minor, patch


def satisfies(version: str, wanted: str) -> bool:
    """Whether `version` lies in the range `wanted`: comparators that must all hold.

    Raises:
        ValueError: one of the two is not well-formed.
    """
    return all(_holds(parse(version), *comparator) for comparator in _comparators(wanted))


def check_range(wanted: str) -> str:
    """`wanted` itself.

    Raises:
        ValueError: it is not a range.
    """
    _comparators(wanted)
    return wanted


def _comparators(wanted: str) -> list[tuple[str, Version]]:
    matches = [_COMPARATOR.fullmatch(part) for part in wanted.split()]
    if not matches or not all(matches):
        raise ValueError(f"{wanted!r} is not a version range such as >=1.2.0 or ^1.2.0")
    return [(match[1] or "=", parse(match[2])) for match in matches if match]


def _holds(version: Version, operator: str, bound: Version) -> bool:
    match operator:
        case ">=":
            return version >= bound
        case "<=":
            return version <= bound
        case ">":
            return version > bound
        case "<":
            return version < bound
        case "^":
            return bound <= version < _next_breaking(bound)
        case "~":
            return bound <= version < (bound[0], bound[1] + 1, 0)
        case _:
            return version == bound


def _next_breaking(bound: Version) -> Version:
    """Below 1.0.0 each minor may break, below 0.1.0 each patch."""
    major, minor, patch = bound
    if major:
        return major + 1, 0, 0
    return (0, minor + 1, 0) if minor else (0, 0, patch + 1)
