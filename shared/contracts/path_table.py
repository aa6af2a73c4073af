"""Looks up what belongs to an endpoint by a request's method and path; asked at each request, so it is a look-up."""

from collections.abc import Iterable
from typing import Generic, TypeVar

Value = TypeVar("Value")
Template = tuple[str | None, ...]
"""The parts of a path; None where any text may stand."""
Shape = tuple[str, int, str | None]
"""Method, number of parts, and the second part: few endpoints have the same."""


class PathTable(Generic[Value]):
    """Of (method, path template, value). A literal part is preferred to a parameter; HEAD is found as GET (RFC 9110, 9.3.2)."""

    def __init__(self, rows: Iterable[tuple[str, str, Value]]) -> None:
        self._by_shape: dict[Shape, list[tuple[Template, Value]]] = {}
        rows = list(rows)
        self._methods = sorted({method for method, *_ in rows})
        split = [(method, _template(path), value) for method, path, value in rows]
        for method, template, value in sorted(
            split, key=lambda row: row[1].count(None)
        ):  # `/batch` before `/{user_id}`
            self._by_shape.setdefault((method, len(template), _second(template)), []).append((template, value))

    def __bool__(self) -> bool:
        return bool(self._by_shape)

    def find(self, method: str, path: str) -> Value | None:
        """The value of the endpoint that answers `method` at `path`; None when there is none."""
        parts = tuple(path.split("/"))
        known = "GET" if method == "HEAD" else method
        for second in (_second(parts), None):
            for template, value in self._by_shape.get((known, len(parts), second), ()):
                if all(expected is None or expected == part for expected, part in zip(template, parts, strict=True)):
                    return value
        return None

    def methods(self, path: str) -> list[str]:
        """Those that are answered at `path`; HEAD is not listed beside GET."""
        return [method for method in self._methods if self.find(method, path) is not None]


def _template(path: str) -> Template:
    return tuple(None if part.startswith("{") else part for part in path.split("/"))


def _second(parts: Template) -> str | None:
    return parts[2] if len(parts) > 2 else ""
