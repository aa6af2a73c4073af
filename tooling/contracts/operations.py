"""A live OpenAPI document as operations that can be compared with a contract's endpoints."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

_WORDS = {"title", "description", "summary", "examples"}
_NAMED_ONLY = re.compile(r"\{[^}]+\}")
Json = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One method of one path; the schemas are without references, titles and descriptions."""

    method: str
    path: str
    tags: tuple[str, ...]
    scopes: tuple[str, ...] | None
    query: frozenset[str]
    statuses: frozenset[int]
    request: Mapping[str, Any]
    answers: Mapping[int, Mapping[str, Any]]

    @property
    def key(self) -> str:
        return f"{self.method} {anonymous(self.path)}"


def anonymous(path: str) -> str:
    """`path` without the names of its parameters."""
    return _NAMED_ONLY.sub("{}", path)


def read(document: Json) -> list[Operation]:
    """All operations of an OpenAPI 3.1 document."""
    return [
        _operation(document, method.upper(), path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]


def _operation(document: Json, method: str, path: str, found: Json) -> Operation:
    security: list[dict[str, list[str]]] = found.get("security", [])
    responses: Json = found["responses"]
    return Operation(
        method=method,
        path=path,
        tags=tuple(found.get("tags", ())),
        scopes=tuple(scope for entry in security for scope in entry.get("bearer", ())) if security else None,
        query=frozenset(p["name"] for p in found.get("parameters", []) if p["in"] == "query"),
        statuses=frozenset(int(status) for status in responses),
        request=_contents(document, found.get("requestBody", {})),
        answers={int(status): _contents(document, answer) for status, answer in responses.items()},
    )


def _contents(document: Json, body: Json) -> Json:
    """Schema by media type."""
    return {media: plain(content.get("schema", {}), document) for media, content in body.get("content", {}).items()}


def plain(schema: Any, root: Json) -> Any:
    """`schema` with references to `root` resolved, and without what only people read."""
    if isinstance(schema, list):
        return [plain(item, root) for item in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    node = cast(Json, schema)
    if "$ref" in node:
        return plain(_resolve(node["$ref"], root), root)
    made = {key: plain(value, root) for key, value in node.items() if _counts(key, value)}
    return made | {"required": sorted(made["required"])} if isinstance(made.get("required"), list) else made


def _counts(key: str, value: Any) -> bool:
    """FastAPI leaves out a default of null."""
    return (
        key != "$defs" and not (key in _WORDS and isinstance(value, str)) and not (key == "default" and value is None)
    )


def _resolve(reference: str, root: Json) -> Any:
    node: Any = root
    for step in reference.removeprefix("#/").split("/"):
        node = node[step.replace("~1", "/").replace("~0", "~")]
    return node
