"""What consumers were found to read, field by field, out of the committed pacts."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from shared.contracts.loader import contracts
from shared.contracts.path_table import PathTable
from tooling.contracts.operations import anonymous
from tooling.pacts import COMMITTED

Json = dict[str, Any]
Users = dict[tuple[str, str], set[str]]
"""Consumers by provider and `METHOD /path/{} STATUS.items[].field`, as `contracts diff` names a field, or `METHOD /path/{}`."""


def users(folder: Path = COMMITTED) -> Users:
    """Whoever calls an operation, reads an answer of it, or a field of that."""
    found: Users = {}
    for path in sorted(folder.glob("*.json")):
        pact = json.loads(path.read_text(encoding="utf-8"))
        consumer = pact["consumer"]["name"]
        provider = pact["provider"]["name"]
        for interaction in pact["interactions"]:
            for place in _places(interaction):
                found.setdefault((provider, place), set()).add(consumer)
    return found


def operation(interaction: Json) -> str:
    """`METHOD /path/{}`: of the endpoint that a contract has there, if one does."""
    request = interaction["request"]
    path = request.get("generators", {}).get("path", {}).get("expression", request["path"]).replace("${", "{")
    return f"{request['method']} {_templates().find(request['method'], path) or anonymous(path)}"


@cache
def _templates() -> PathTable[str]:
    endpoints = [endpoint for contract in contracts() for endpoint in contract.endpoints]
    return PathTable((endpoint.method, endpoint.path, anonymous(endpoint.path)) for endpoint in endpoints)


def _places(interaction: Json) -> Iterator[str]:
    response = interaction["response"]
    answer = f"{operation(interaction)} {response['status']}"
    yield operation(interaction)
    yield answer
    yield from _fields(response.get("body", {}).get("content"), answer)


def _fields(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, list):
        for item in cast(list[Any], value):
            yield from _fields(item, f"{at}[]")
    elif isinstance(value, dict):
        for name, inner in cast(Json, value).items():
            yield f"{at}.{name}"
            yield from _fields(inner, f"{at}.{name}")
