"""`shared/front/api/types.ts`: the fronts' types of what back-api, back-auth and back-websockets send, generated from shared.models."""

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args, get_origin

import shared.models
from shared.contracts.loader import Known
from shared.contracts.rules import WRITE
from tooling.contracts import models
from tooling.contracts.generated_file import GeneratedFile

_HEAD = f"""/** What services send to the fronts. Generated from shared/models by `{WRITE}`: do not edit. Times are RFC 3339 UTC. */

/** A complete, bounded list. */
export interface Items<Item> {{
  items: Item[];
}}

/** One page of a list; `next_cursor` is null on the last page. */
export interface Page<Item> extends Items<Item> {{
  next_cursor?: string | null;
}}
"""
_WIDTH = 120
_MADE_ELSEWHERE = {"Problem"}
"""The gateway and the fronts make some themselves, which lack what has a default."""
_LIST = re.compile(r"(?:Page|Items)\[(\w+)\]")
_SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
Schema = dict[str, Any]
Sends = dict[str, str]
"""The models of live messages, by type of message."""


def render(known: Known) -> str:
    """The file, with a type for each answer of a public endpoint, each live message, and what they refer to."""
    sends = _sends(known)
    selected = {"Problem", "LiveMessage", *_answers(known), *sends.values()}
    components = models.components(selected)
    live = components.pop("LiveMessage")
    blocks = [_named(name, values) for name, values in _used_literals(components)]
    blocks += [_model(name, schema) for name, schema in components.items()]
    return "\n".join([_HEAD, _families(known), *blocks, _live(live, sends)])


def _families(known: Known) -> str:
    families = {event.type.partition(".")[0] for _, contract in known for event in contract.events.published}
    values = "".join(f'  "{family}",\n' for family in sorted(families))
    return f"/** What events are about: the part of their type before the dot. */\nexport const EVENT_FAMILIES = [\n{values}] as const;\n"


def _answers(known: Known) -> Iterator[str]:
    for _, contract in known:
        for endpoint in contract.endpoints:
            for name in endpoint.response.values() if not endpoint.for_services else ():
                plain = _LIST.sub(r"\1", name or "")
                if models.exists(plain):
                    yield plain


def _sends(known: Known) -> Sends:
    """Those whose model there is; the check of the contracts names the others."""
    return {
        kind: name
        for _, contract in known
        for socket in contract.sockets
        for kind, name in sorted(socket.sends.items())
        if models.exists(name)
    }


@cache
def _literals() -> dict[tuple[str, ...], str]:
    """The names of the choices in shared.models (`Theme = Literal[...]`), by what can be chosen."""
    found: dict[tuple[str, ...], str] = {}
    for module in pkgutil.iter_modules(shared.models.__path__, "shared.models."):
        for name, value in sorted(vars(importlib.import_module(module.name)).items()):
            if get_origin(value) is Literal:
                found.setdefault(tuple(get_args(value)), name)
    return found


def _used_literals(components: Mapping[str, Schema]) -> Iterator[tuple[str, tuple[str, ...]]]:
    used = set(_choices(components))
    for values, name in sorted(_literals().items(), key=lambda item: item[1]):
        if values in used:
            yield name, values


def _choices(node: object) -> Iterator[tuple[str, ...]]:
    if isinstance(node, dict):
        fields = cast("Schema", node)
        if isinstance(fields.get("enum"), list):
            yield tuple(fields["enum"])
        for value in fields.values():
            yield from _choices(value)
    elif isinstance(node, list):
        for value in cast("list[object]", node):
            yield from _choices(value)


def _named(name: str, values: tuple[str, ...]) -> str:
    return _union(f"export type {name}", [json.dumps(value) for value in values])


def _union(head: str, choices: list[str]) -> str:
    line = f"{head} = {' | '.join(choices)};\n"
    return line if len(line) <= _WIDTH else f"{head} =\n" + "\n".join(f"  | {choice}" for choice in choices) + ";\n"


def _model(name: str, schema: Schema) -> str:
    if "enum" in schema:
        return _named(name, tuple(schema["enum"]))
    return f"{_doc(schema)}export interface {name} {{\n{_fields(schema)}}}\n"


def _doc(schema: Schema) -> str:
    text = " ".join(str(schema.get("description", "")).split())
    return f"/** {text} */\n" if text else ""


def _fields(schema: Schema, instead: Mapping[str, str] = {}) -> str:
    """A line for each property; `instead` has the types of some.

    A default is written like any other value; only what may be null can be missing from an older service's answer.
    """
    required = schema.get("required", [])
    lines: list[str] = []
    for key, value in schema.get("properties", {}).items():
        kind = instead.get(key) or type_of(value)
        is_optional = key not in required and (kind.endswith("null") or schema.get("title") in _MADE_ELSEWHERE)
        lines.append(f"  {key}{'?' if is_optional else ''}: {kind};\n")
    if schema.get("additionalProperties") is True:
        lines.append("  [field: string]: unknown;\n")
    return "".join(lines)


def type_of(schema: Schema) -> str:
    """The TypeScript type of a JSON Schema; `unknown` when it says nothing that TypeScript could."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        values = tuple(schema["enum"])
        return _literals().get(values) or " | ".join(map(json.dumps, values))
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(type_of(choice) for choice in schema[several]))
    if schema.get("type") == "array":
        item = type_of(schema.get("items", {}))
        return f"({item})[]" if " | " in item else f"{item}[]"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties")
        return f"Record<string, {type_of(cast('Schema', values)) if isinstance(values, dict) else 'unknown'}>"
    return _SIMPLE.get(str(schema.get("type")), "unknown")


def _live(schema: Schema, sends: Sends) -> str:
    """`LiveMessage` by its type, and the list of the types, which an event stream has to ask for one by one."""
    kinds = "".join(f"  {json.dumps(kind)},\n" for kind in sends)
    data = "".join(f"  {json.dumps(kind)}: {name};\n" for kind, name in sends.items())
    fields = _fields(schema, {"type": "Type", "data": "LiveData[Type]"}).replace("\n  ", "\n    ")
    return (
        f"/** What is sent over `/ws/notifications`, by type. */\nexport interface LiveData {{\n{data}}}\n\n"
        f"export const LIVE_TYPES = [\n{kinds}] as const satisfies (keyof LiveData)[];\n\n"
        f"{_doc(schema)}export type LiveMessage = {{\n  [Type in keyof LiveData]: {{\n  {fields.rstrip()}\n  }};\n"
        "}[keyof LiveData];\n"
    )


TYPES = GeneratedFile(
    Path("shared", "front", "api", "types.ts"),
    render,
    "front-types-are-generated",
    "the fronts' types are not those of shared/models",
)
