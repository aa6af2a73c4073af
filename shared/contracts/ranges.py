"""Version ranges in full npm style: `^1.2`, `~1`, `1.x`, `>=1.2.0 <2`, `1.2 - 2.3`, `^1.0.0 || ^2.0.0`, `*`."""

import re
from dataclasses import dataclass

from shared.contracts.semver import Version, parse, pre_release

_X = r"(?:0|[1-9]\d*|[xX*])"
_PARTIAL = rf"[v=]?({_X})(?:\.({_X})(?:\.({_X})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?)?)?"
_COMPARATOR = re.compile(rf"(>=|<=|>|<|=|\^|~>?)?\s*{_PARTIAL}")
_HYPHEN = re.compile(rf"\s*({_PARTIAL})\s+-\s+({_PARTIAL})\s*")
_GAP = re.compile(r"(>=|<=|>|<|=|\^|~>?)\s+")
_LOWEST_PRE = pre_release("0")


@dataclass(frozen=True)
class Comparator:
    operator: str
    bound: Version

    def admits(self, version: Version) -> bool:
        one = version.sort_key()
        other = self.bound.sort_key()
        return {">=": one >= other, "<=": one <= other, ">": one > other, "<": one < other}[self.operator]


@dataclass(frozen=True)
class _Partial:
    """A version of which the last parts may be left open: 1, 1.2, 1.x."""

    major: int | None
    minor: int | None
    patch: int | None
    pre: str | None

    @property
    def floor(self) -> Version:
        return Version(self.major or 0, self.minor or 0, self.patch or 0, pre_release(self.pre))

    @property
    def after(self) -> Version:
        """The first version that is no longer meant."""
        if self.minor is None:
            return _below(Version((self.major or 0) + 1, 0, 0))
        return _below(Version(self.major or 0, self.minor + 1, 0))

    @property
    def whole(self) -> bool:
        return self.patch is not None


def satisfies(version: str, range_: str) -> bool:
    """Whether `version` lies in the range `wanted`.

    Raises:
        ValueError: one of the two is not well-formed.
    """
    found = parse(version)
    return any(_all_admit(found, comparators) for comparators in read(range_))


def check_range(range_: str) -> str:
    """`wanted` itself.

    Raises:
        ValueError: it is not a range.
    """
    read(range_)
    return range_


def read(range_: str) -> list[list[Comparator]]:
    """The alternatives of `wanted`, each as comparators that must all hold.

    Raises:
        ValueError: it is not a range.
    """
    if not range_.strip():
        raise _no_range(range_)
    return [_alternative(part, range_) for part in range_.split("||")]


def _all_admit(version: Version, comparators: list[Comparator]) -> bool:
    """A pre-release is meant only where a comparator names one of the same version (npm's rule)."""
    named = any(c.bound.core == version.core and c.bound.pre not in ((), _LOWEST_PRE) for c in comparators)
    return all(c.admits(version) for c in comparators) and (not version.pre or named)


def _alternative(part: str, range_: str) -> list[Comparator]:
    if not part.strip():
        raise _no_range(range_)
    if hyphen := _HYPHEN.fullmatch(part):
        low = _partial(hyphen.groups()[1:5])
        high = _partial(hyphen.groups()[6:10])
        upper = Comparator("<=", high.floor) if high.whole else Comparator("<", high.after)
        return [Comparator(">=", low.floor), *([] if high.major is None else [upper])]
    matches = [_COMPARATOR.fullmatch(word) for word in _GAP.sub(r"\1", part).split()]
    if not all(matches):
        raise _no_range(range_)
    return [c for match in matches if match for c in _comparators(match[1] or "=", _partial(match.groups()[1:5]))]


def _partial(groups: tuple[str | None, ...]) -> _Partial:
    major, minor, patch = (int(one) if one and one.isdigit() else None for one in groups[:3])
    minor = None if major is None else minor  # 1.x.3 means 1.x
    patch = None if minor is None else patch
    return _Partial(major, minor, patch, None if patch is None else groups[3])


def _comparators(operator: str, partial: _Partial) -> list[Comparator]:
    """`partial` behind `operator`, in comparators of whole versions."""
    floor = partial.floor
    after = partial.after
    if partial.major is None:
        return [Comparator("<", _below(Version(0, 0, 0)))] if operator in "<>" else [Comparator(">=", Version(0, 0, 0))]
    if operator == "^":
        return [Comparator(">=", floor), Comparator("<", _next_breaking(partial))]
    if operator.startswith("~") or (operator == "=" and not partial.whole):
        return [Comparator(">=", floor), Comparator("<", after)]
    if operator == "=":
        return [Comparator(">=", floor), Comparator("<=", floor)]
    return [_open(operator, partial)]


def _open(operator: str, partial: _Partial) -> Comparator:
    """`>1.2` begins after all of 1.2, `<=1.2` ends there."""
    if partial.whole or operator == ">=":
        return Comparator(operator, partial.floor)
    if operator == ">":
        return Comparator(">=", partial.after._replace(pre=()))
    return Comparator("<", partial.after if operator == "<=" else _below(partial.floor))


def _next_breaking(partial: _Partial) -> Version:
    """Below 1.0.0 each minor may break, below 0.1.0 each patch."""
    if partial.major or partial.minor is None:
        return _below(Version((partial.major or 0) + 1, 0, 0))
    if partial.minor or partial.patch is None:
        return _below(Version(0, partial.minor + 1, 0))
    return _below(Version(0, 0, partial.patch + 1))


def _below(version: Version) -> Version:
    """So that `<2.0.0-0` leaves the pre-releases of 2.0.0 out, as npm does."""
    return version._replace(pre=_LOWEST_PRE)


def _no_range(range_: str) -> ValueError:
    return ValueError(f"{range_!r} is not a version range such as >=1.2.0 or ^1.2.0")
