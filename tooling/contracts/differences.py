"""Where a live OpenAPI document and a contract differ, in both directions, one sentence each."""

from collections.abc import Iterable, Iterator
from typing import Any

from shared.contracts.manifest import Contract, Endpoint
from tooling.contracts.operations import Operation, anonymous, plain, read

Json = dict[str, Any]
JSON = "application/json"


def between(document: Json | list[Operation], contract: Contract, service: str, *, tag: str | None = None) -> list[str]:
    """What `contract` says of `service` against what `document` shows; `tag` also asks for operations that it does not name."""
    live = {operation.key: operation for operation in _operations(document)}
    expected = {_key(endpoint): endpoint for endpoint in contract.endpoints if endpoint.service == service}
    found = [f"{endpoint.key}: {service} does not have it" for key, endpoint in expected.items() if key not in live]
    if tag is not None:
        found += [f"{key}: not in the contract {contract.name}" for key in _tagged(live, tag) if key not in expected]
    for key, endpoint in expected.items():
        if key in live:
            found += [f"{endpoint.key}: {difference}" for difference in _compare(endpoint, live[key], contract)]
    return found


def undeclared(document: Json | list[Operation], contracts: Iterable[Contract], service: str) -> list[str]:
    """The operations of `service` that no contract names."""
    known = {_key(endpoint) for contract in contracts for endpoint in contract.endpoints if endpoint.service == service}
    return [f"{operation.key}: in no contract" for operation in _operations(document) if operation.key not in known]


def _operations(document: Json | list[Operation]) -> list[Operation]:
    return document if isinstance(document, list) else read(document)


def _key(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {anonymous(endpoint.path)}"


def _tagged(live: dict[str, Operation], tag: str) -> list[str]:
    return [key for key, operation in live.items() if tag in operation.tags]


def _compare(endpoint: Endpoint, live: Operation, contract: Contract) -> Iterator[str]:
    if (endpoint.auth == "user") != (live.scopes is not None):
        yield f"the contract says auth {endpoint.auth}, the service {'asks for a token' if live.scopes is not None else 'asks for none'}"
    if set(live.scopes or ()) != ({endpoint.permission} if endpoint.permission else set[str]()):
        yield f"the contract says permission {endpoint.permission}, the service demands {list(live.scopes or ()) or None}"
    if live.query != frozenset(endpoint.query):
        yield f"the contract says query {sorted(endpoint.query)}, the service reads {sorted(live.query)}"
    yield from _compare_statuses(endpoint, live)
    yield from _compare_bodies(endpoint, live, contract)


def _compare_bodies(endpoint: Endpoint, live: Operation, contract: Contract) -> Iterator[str]:
    named = [("request", endpoint.request, live.request)]
    named += [(f"{s} answer", name, live.answers[s]) for s, name in endpoint.response.items() if s in live.answers]
    for what, name, shown in named:
        raw = name is not None and "/" in name
        if not (raw and endpoint.auth == "internal" and not shown):  # OpenAPI does not see a raw body by itself
            yield from _compare_body(what, name, shown, contract)


def _compare_statuses(endpoint: Endpoint, live: Operation) -> Iterator[str]:
    """The errors of an internal endpoint are declared by the contract alone; those of a public one by OpenAPI as well."""
    declared = {*endpoint.response, *endpoint.errors}
    if missing := sorted(live.statuses - declared):
        yield f"the service can answer {missing}, the contract does not say so"
    required = set(endpoint.response) if endpoint.auth == "internal" else declared
    if extra := sorted(required - live.statuses):
        yield f"the contract names {extra}, the service does not"


def _compare_body(what: str, name: str | None, live: Any, contract: Contract) -> Iterator[str]:
    if name is None or "/" in name:
        if not _media_match(name, set(live)):
            yield f"{what}: the contract says {name or 'no body'}, the service has {sorted(live) or 'none'}"
    elif JSON not in live:
        yield f"{what}: the contract says {name}, the service has {sorted(live) or 'none'}"
    elif name in contract.schemas:  # else the rule schemas-exist says so
        schema = contract.schemas[name]
        if live[JSON] != plain(schema, schema):
            yield f"{what}: its schema is not that of {name}: {_first(plain(schema, schema), live[JSON])}"


def _media_match(name: str | None, media: set[str]) -> bool:
    if name is None:
        return not media
    family = name.removesuffix("*")
    return bool(media) and all(one.startswith(family) for one in media)


def _first(expected: Any, live: Any, where: str = "") -> str:
    """The first place where two schemas differ."""
    if isinstance(expected, dict) and isinstance(live, dict):
        for key in sorted({*expected, *live}):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            if expected.get(key) != live.get(key):  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
                return _first(expected.get(key), live.get(key), f"{where}.{key}")  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return f"{where or 'it'} is {live!r}, not {expected!r}"
