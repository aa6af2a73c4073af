"""The fields of an entity, read from `title:line(200) url:url(2000) done:bool count:int(0,100)? due:date`."""

import re

from tooling.generator import names
from tooling.generator.field_table import INT_LEAST, INT_MOST, TYPES
from tooling.generator.field_table import Field as Field
from tooling.generator.names import Refused

MOST_CHOICES = 20
_SPEC = re.compile(r"([^:]*):([A-Za-z_]+)(?:\(([^()]*)\))?(\?)?")
_WHOLE = re.compile(r"-?[0-9]{1,12}")
ALIASES = {"str": "line", "string": "line", "day": "date", "boolean": "bool", "integer": "int"}


def parse(text: str, taken: frozenset[str] | set[str] = frozenset()) -> tuple[Field, ...]:
    """The fields that `title:line(200) done:bool due:date?` names; `taken` are those that the entity has already.

    Raises:
        Refused: a name, a type or bounds that cannot be, the same field twice, or none at all.
    """
    fields = list[Field]()
    for spec in re.findall(r"(?:\([^()]*\)|\S)+", text):
        fields.append(_parse_one(spec, taken | {field.name for field in fields}))
    if not fields:
        raise Refused("There has to be a field at least, such as title:line(200).")
    return tuple(fields)


def _parse_one(spec: str, taken: frozenset[str] | set[str]) -> Field:
    found = _SPEC.fullmatch(spec)
    if not found:
        raise Refused(f"{spec!r} is no field: write name:type, such as title:line(200) or count:int(0,100)?.")
    name, asked, inside, optional = found.groups()
    kind = ALIASES.get(asked, asked)
    names.field(name, taken)
    if kind not in TYPES:
        raise Refused(f"The type {asked!r} of {name!r} is not known: use one of {', '.join(TYPES)}.")
    if kind == "bool" and optional:
        raise Refused(f"{name!r} is true or false: leave out the question mark.")
    parts = [part.strip() for part in inside.split(",")] if inside is not None else []
    if kind == "choice":
        return Field(name, kind, bool(optional), choices=_choices(name, parts))
    low, high = _bounds(name, kind, parts)
    return Field(name, kind, bool(optional), low, high)


def _choices(name: str, parts: list[str]) -> tuple[str, ...]:
    if not 2 <= len(set(parts)) == len(parts) <= MOST_CHOICES:
        raise Refused(f"{name!r} needs two to {MOST_CHOICES} different values, such as choice(low,high).")
    for part in parts:
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", part):
            raise Refused(f"{part!r} cannot be a value of {name!r}: use small letters, digits and hyphens.")
    return tuple(parts)


def _bounds(name: str, kind: str, parts: list[str]) -> tuple[int, int]:
    least, most = TYPES[kind].bounds
    if not parts:
        return least, most
    if (least, most) == (0, 0):
        raise Refused(f"{name!r} is of the type {kind}, which takes no bounds.")
    count = 2 if kind == "int" else 1
    if len(parts) != count or not all(_WHOLE.fullmatch(part) for part in parts):
        example = "int(0,100)" if kind == "int" else f"{kind}({most})"
        raise Refused(f"The bounds of {name!r} must be {count} whole number{'s'[: count - 1]}, such as {example}.")
    numbers = [int(part) for part in parts]
    if kind == "int":
        return _range(name, *numbers)
    longest = 10_000 if kind == "text" else 2000
    if not least <= numbers[0] <= longest:
        raise Refused(f"{name!r} may have {least} to {longest} characters, not {numbers[0]}.")
    return least, numbers[0]


def _range(name: str, low: int, high: int) -> tuple[int, int]:
    if not INT_LEAST <= low < high <= INT_MOST:
        raise Refused(f"The bounds of {name!r} must rise and lie between {INT_LEAST} and {INT_MOST}.")
    return low, high
