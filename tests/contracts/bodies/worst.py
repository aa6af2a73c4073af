"""JSON texts that cost a reader of a schema the most: as many errors, names, levels or digits as fit into a number of bytes."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

Json = dict[str, Any]
ELEMENTS = ("{}", "[]", '""')
NUL = "\\u0000"
TEXTS = ("x", "a@", "é", NUL)
DEPTH = 5


def bodies(schema: Json, document: Json, size: int) -> Iterator[tuple[str, bytes]]:
    """Named bodies of at most `size` bytes for the request `schema` of the OpenAPI `document`."""
    yield "brackets", b"[" * size
    yield "digits", b"9" * size
    yield "number with exponent", b"[" + b"1e9999," * ((size - 8) // 7) + b"1]"
    for place, found in _places(schema, document, DEPTH):
        before, after = _around(place)
        room = size - len(before) - len(after)
        for name, text in _fillings(found, room):
            yield f"{'.'.join(place) or 'body'}: {name}", (before + text + after).encode()


def _places(
    schema: Json, document: Json, depth: int, at: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Each place in the body, as the names that lead there (`[]`: into a list), with what may stand there."""
    for found in _alternatives(schema, document):
        yield at, found
        if depth and found.get("type") == "array":
            yield from _places(found.get("items", {}), document, depth - 1, (*at, "[]"))
        if depth:
            for name, inner in found.get("properties", {}).items():
                yield from _places(inner, document, depth - 1, (*at, name))


def _alternatives(schema: Json, document: Json) -> Iterator[Json]:
    if "$ref" in schema:
        yield from _alternatives(document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document)
    elif options := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
        for option in options:
            yield from _alternatives(option, document)
    else:
        yield schema


def _around(place: tuple[str, ...]) -> tuple[str, str]:
    before = "".join("[" if step == "[]" else f"{{{json.dumps(step)}:" for step in place)
    return before, "".join("]" if step == "[]" else "}" for step in reversed(place))


def _fillings(schema: Json, room: int) -> Iterator[tuple[str, str]]:
    kind = schema.get("type")
    if kind == "object":
        yield "unknown names", "{" + _names(room - 2) + "}"
        yield "one long name", '{"' + "x" * (room - 6) + '":0}'
        yield "one name of NUL", '{"' + NUL * ((room - 6) // len(NUL)) + '":0}'
        yield "one lone surrogate", '{"\\ud800":0}'
    elif kind == "array":
        for element in ELEMENTS:
            yield f"many {element}", "[" + _repeated(element, room - 2) + "]"
    elif kind == "string":
        for text in TEXTS:
            width = len(text.encode())
            yield f"text of {text}", f'"{text * ((room - 2) // width)}"'
    else:
        yield "many elements", "[" + _repeated("0", room - 2) + "]"


def _repeated(element: str, room: int) -> str:
    """As many elements as fit, with commas."""
    return ",".join([element] * ((room + 1) // (len(element) + 1)))


def _names(room: int) -> str:
    """As many different names as fit, each with a value."""
    names = _at_least(1 << room.bit_length())[: room + 1]
    return names[: names.rindex(",")]


@cache
def _at_least(size: int) -> str:
    return "".join(f'"{number:x}":0,' for number in range(size // len('"":0,')))
