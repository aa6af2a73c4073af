"""Two JSON Schemas of the same thing: what differs, judged by the direction in which it travels.

A request is written by callers, so it must not ask for more; an answer or an event is read by them, so it must not
offer less, nor what they have never seen.
"""

from collections.abc import Iterator
from typing import Any, cast

from shared.contracts.semver import Step
from tooling.changes import property_changes
from tooling.changes.change import Direction, narrowed, widened
from tooling.contracts.operations import plain

Json = dict[str, Any]
Found = tuple[str, str, Step]
LOWER = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
UPPER = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
ONLY_WORDS = {"title", "description", "examples", "deprecated", "$comment"}
JUDGED = {
    "type",
    "enum",
    "const",
    "format",
    "pattern",
    "default",
    "anyOf",
    "oneOf",
    "items",
    "uniqueItems",
    "multipleOf",
}
HANDLED = LOWER | UPPER | ONLY_WORDS | JUDGED | property_changes.KEYS | {"$defs"}


def compare(old: Json, new: Json, direction: Direction) -> list[Found]:
    """(place, what happened, step) for each difference; the place is empty at the top, else `.field[]`."""
    return list(_compare(plain(old, old), plain(new, new), direction, ""))


def _compare(old: Any, new: Any, direction: Direction, at: str) -> Iterator[Found]:
    if old == new:
        return
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield at, f"the schema became {new!r}", "major"
        return
    before, was_null = _without_null(cast(Json, old))
    after, is_null = _without_null(cast(Json, new))
    if was_null != is_null:
        step = widened(direction) if is_null else narrowed(direction)
        yield at, "can be null now" if is_null else "cannot be null any more", step
    if _type(before) != _type(after) or ("anyOf" in before) != ("anyOf" in after):
        yield at, *_retyped(before, after, direction)
        return
    yield from _choices(before, after, direction, at)
    yield from _texts(before, after, direction, at)
    yield from _limits(before, after, direction, at)
    yield from _default(before, after, direction, at)
    yield from property_changes.compare(before, after, direction, at, _compare)
    yield from _unions(before, after, direction, at)
    if "items" in before or "items" in after:
        yield from _compare(before.get("items", {}), after.get("items", {}), direction, f"{at}[]")
    for key in sorted({*before, *after} - HANDLED):
        if before.get(key) != after.get(key):
            yield at, f"{key} changed", "major"


def _without_null(schema: Json) -> tuple[Json, bool]:
    """The schema without its choice of null, and whether it had one."""
    key = "anyOf" if "anyOf" in schema else "oneOf"
    choices = [choice for choice in schema.get(key, []) if choice != {"type": "null"}]
    rest = {name: value for name, value in schema.items() if name != key}
    if isinstance(schema.get("type"), list) and "null" in schema["type"]:
        types = [one for one in schema["type"] if one != "null"]
        return schema | {"type": types[0] if len(types) == 1 else types}, True
    if key not in schema or len(choices) == len(schema[key]):
        return schema, False
    return (rest | choices[0] if len(choices) == 1 else rest | {"anyOf": choices}), True


def _type(schema: Json) -> Any:
    return schema.get("type") or ("string" if isinstance(schema.get("const"), str) else None)


def _retyped(old: Json, new: Json, direction: Direction) -> tuple[str, Step]:
    before = _type(old) or "a union"
    after = _type(new) or "a union"
    text = f"type {before} became {after}"
    if (before, after) == ("integer", "number"):
        return text, widened(direction)
    return text, narrowed(direction) if (before, after) == ("number", "integer") else "major"


def _values(schema: Json) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _choices(old: Json, new: Json, direction: Direction, at: str) -> Iterator[Found]:
    before = _values(old)
    after = _values(new)
    if before is None and after is not None:
        yield at, f"only {after} are left", narrowed(direction)
    elif before is not None and after is None:
        yield at, "any value is possible now", widened(direction)
    elif before is not None and after is not None:
        if gone := [value for value in before if value not in after]:
            yield at, f"the values {gone} are gone", narrowed(direction)
        if fresh := [value for value in after if value not in before]:
            yield at, f"the values {fresh} are new", widened(direction)


def _texts(old: Json, new: Json, direction: Direction, at: str) -> Iterator[Found]:
    for key in ("format", "pattern"):
        before = old.get(key)
        after = new.get(key)
        if before == after:
            continue
        if before and after:
            yield at, f"{key} {before!r} became {after!r}", "major"
        else:
            step = narrowed(direction) if after else widened(direction)
            yield at, f"{key} {after!r} is demanded now" if after else f"{key} {before!r} is gone", step


def _limits(old: Json, new: Json, direction: Direction, at: str) -> Iterator[Found]:
    for key in sorted(LOWER | UPPER):
        before = old.get(key)
        after = new.get(key)
        if before != after:
            tighter = before is None or (after is not None and (after > before) == (key in LOWER))
            yield at, f"{key} {_or(before)} became {_or(after)}", narrowed(direction) if tighter else widened(direction)
    for key in ("uniqueItems", "multipleOf"):
        if old.get(key) != new.get(key):
            step = narrowed(direction) if new.get(key) and not old.get(key) else widened(direction)
            yield at, f"{key} {_or(old.get(key))} became {_or(new.get(key))}", step


def _or(value: Any) -> str:
    return "(none)" if value is None else str(value)


def _default(old: Json, new: Json, direction: Direction, at: str) -> Iterator[Found]:
    """Whoever leaves a field out of a request gets what the default says."""
    before = old.get("default")
    after = new.get("default")
    if before != after:
        added = "default" not in old
        step: Step = "patch" if direction == "response" else "minor" if added else "major"
        yield at, f"default {_or(before)} became {_or(after)}", step


def _unions(old: Json, new: Json, direction: Direction, at: str) -> Iterator[Found]:
    for key in ("anyOf", "oneOf"):
        before = old.get(key, [])
        after = new.get(key, [])
        if len(before) == len(after):
            for i, (one, other) in enumerate(zip(before, after, strict=True)):
                yield from _compare(one, other, direction, f"{at}({i})")
            continue
        if [choice for choice in before if choice not in after]:
            yield at, "a choice is gone", narrowed(direction)
        if [choice for choice in after if choice not in before]:
            yield at, "a choice is new", widened(direction)
