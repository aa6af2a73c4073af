"""Whom a service's internal endpoints admit, as the contracts say (`callers`); asked at each call, so it is a look-up."""

from collections.abc import Iterable
from pathlib import Path

from shared.contracts.check import FOLDER, load
from shared.contracts.manifest import Endpoint

PREFIX = "/internal/"
Template = tuple[str | None, ...]
"""The parts of a path; None where any text may stand."""
Shape = tuple[str, int, str | None]
"""Method, number of parts, and what follows /internal/: few endpoints have the same."""


class Admissions:
    """Of one service. An endpoint that no contract declares admits nobody."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        known = list(endpoints)
        self.by_secret = {(each.method, each.path) for each in known if each.auth == "client"}
        """Endpoints that ask for the caller's id and secret themselves."""
        self._by_shape: dict[Shape, list[tuple[Template, frozenset[str]]]] = {}
        internal = [(_template(each.path), each) for each in known if each.auth == "internal"]
        for template, each in sorted(internal, key=lambda pair: pair[0].count(None)):  # `/batch` before `/{user_id}`
            shape = (each.method, len(template), template[2])
            self._by_shape.setdefault(shape, []).append((template, frozenset(each.callers)))

    def __bool__(self) -> bool:
        return bool(self._by_shape or self.by_secret)

    def callers(self, method: str, path: str) -> frozenset[str] | None:
        """The services that may send `method` to `path`; None when there is no such endpoint."""
        if not path.startswith(PREFIX):
            return None
        parts = path.split("/")
        for first in (parts[2], None):
            for template, callers in self._by_shape.get((method, len(parts), first), ()):
                if all(wanted is None or wanted == part for wanted, part in zip(template, parts, strict=True)):
                    return callers
        return None


def admissions(service: str, folder: Path = FOLDER) -> Admissions:
    """Those of `service`."""
    known, _ = load(folder)
    return Admissions(each for _, contract in known for each in contract.endpoints if each.service == service)


def _template(path: str) -> Template:
    return tuple(None if part.startswith("{") else part for part in path.split("/"))
