"""The fields of two object schemas: added, removed, renamed, moved, newly required, newly optional."""

from collections.abc import Callable, Iterator
from typing import Any

from shared.contracts.semver import Step
from tooling.changes.change import Direction, narrowed, widened

Json = dict[str, Any]
Found = tuple[str, str, Step]
Compare = Callable[[Any, Any, Direction, str], Iterator[Found]]
KEYS = {"properties", "required", "additionalProperties"}


def compare(old: Json, new: Json, direction: Direction, at: str, inner: Compare) -> Iterator[Found]:
    before: Json = old.get("properties", {})
    after: Json = new.get("properties", {})
    needed = set(old.get("required", []))
    needs = set(new.get("required", []))
    fresh = [name for name in after if name not in before]
    for name in before:
        if name not in after:
            yield f"{at}.{name}", _gone(name, before[name], after, fresh), "major"
    for name in fresh:
        step: Step = "major" if direction == "request" and name in needs else "minor"
        yield f"{at}.{name}", f"is new{' and required' if name in needs else ''}", step
    for name in (name for name in before if name in after):
        yield from _required(f"{at}.{name}", name in needed, name in needs, direction)
        yield from inner(before[name], after[name], direction, f"{at}.{name}")
    yield from _others(old, new, direction, at, inner)


def _gone(name: str, schema: Any, after: Json, fresh: list[str]) -> str:
    """A removed field, or where it seems to have gone."""
    if twin := next((new for new in fresh if after[new] == schema), None):
        return f"was renamed to {twin}"
    if place := next(_holders(name, schema, after), None):
        return f"was moved to {place}.{name}"
    return "was removed"


def _holders(name: str, schema: Any, fields: Json, at: str = "") -> Iterator[str]:
    for field, inside in fields.items():
        inner = inside.get("properties", {}) if isinstance(inside, dict) else {}  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        if inner.get(name) == schema:  # pyright: ignore[reportUnknownMemberType]
            yield f"{at}.{field}".lstrip(".")
        yield from _holders(name, schema, inner, f"{at}.{field}")  # pyright: ignore[reportUnknownArgumentType]


def _required(at: str, before: bool, after: bool, direction: Direction) -> Iterator[Found]:
    if before and not after:
        yield at, "is optional now", "minor" if direction == "request" else "major"
    if after and not before:
        yield at, "is required now", "major" if direction == "request" else "minor"


def _others(old: Json, new: Json, direction: Direction, at: str, inner: Compare) -> Iterator[Found]:
    """Fields that are not named: refused, free, or of one schema."""
    before = old.get("additionalProperties", True)
    after = new.get("additionalProperties", True)
    if isinstance(before, dict) and isinstance(after, dict):
        yield from inner(before, after, direction, f"{at}.*")
    elif before != after:
        step = narrowed(direction) if after is False or before is True else widened(direction)
        step = "minor" if direction == "response" and not isinstance(before, dict) else step
        yield at, "unknown fields are refused now" if after is False else "unknown fields are treated differently", step
