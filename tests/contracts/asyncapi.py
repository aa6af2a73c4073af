"""AsyncAPI documents: are they valid, and is a message what they say?"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT7

from tooling.contracts.operations import Json
from tooling.paths import CONTRACTS, ROOT

SPECIFICATION = ROOT / "node_modules" / "@asyncapi" / "specs" / "schemas" / "3.0.0.json"
COMMITTED = CONTRACTS / "asyncapi"
HERE = "urn:document"


def services() -> list[str]:
    """Those that send or receive."""
    return sorted(path.stem for path in COMMITTED.glob("*.json"))


@cache
def committed(service: str) -> Json:
    return json.loads((COMMITTED / f"{service}.json").read_text(encoding="utf-8"))


def broken_rules(document: Json) -> list[str]:
    """Where `document` is not what the official JSON Schema of AsyncAPI 3.0 describes."""
    return _errors(_specification(), document)


@cache
def _specification() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads(SPECIFICATION.read_text(encoding="utf-8")))


def references(node: Any) -> Iterator[str]:
    """Every `$ref` in `node`."""
    if isinstance(node, list):
        for item in cast("list[Any]", node):
            yield from references(item)
    elif isinstance(node, dict):
        fields = cast(Json, node)
        if isinstance(fields.get("$ref"), str):
            yield fields["$ref"]
        for value in fields.values():
            yield from references(value)


def resolved(document: Json, reference: str) -> Any:
    """What `#/a/b` refers to. Raises KeyError when there is no such thing."""
    node: Any = document
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    return node


def channel_at(document: Json, address: str) -> Json:
    return next(channel for channel in document["channels"].values() if channel["address"] == address)


def assert_message(document: Json, address: str, name: str, payload: Any) -> None:
    """`payload` is what the message `name` on the channel `address` may be."""
    assert name in channel_at(document, address)["messages"], f"{address} has no message {name}"
    message = channel_at(document, address)["messages"][name]["$ref"]
    registry: Registry[Any] = Registry[Any]().with_resource(HERE, DRAFT7.create_resource(document))
    schema = {"$ref": f"{HERE}{message}/payload"}
    found = _errors(jsonschema.Draft7Validator(schema, registry=registry), payload)
    assert not found, "\n".join([f"{name} on {address}:", *found])


def _errors(validator: jsonschema.Draft7Validator, instance: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]  # pyright: ignore[reportUnknownMemberType]
