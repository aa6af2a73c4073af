"""The situation of an operation that declares none: the caller owns an entity, made by the contract's examples.

It is the caller's, or an administrator's when making it asks for a permission. Bodies are the contract's examples;
`{bookmark_id}` is the id of a `Bookmark` that was made, `{user_id}` its owner's, `version` its version.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any
from uuid import uuid4

from shared.contracts.loader import FOLDER, load
from shared.contracts.manifest import Contract, Endpoint
from tests.owned_entity import CREATED, OwnedEntity
from tests.properties.situations.visitor import Fitting, Visitor
from tooling.contracts.operations import anonymous


@dataclass(frozen=True)
class Ordinary:
    """An `endpoint` of `contract`."""

    contract: Contract
    endpoint: Endpoint

    def fitting(self, visitor: Visitor, names: list[str]) -> Fitting:
        """`names` are the parameters of the path."""
        known = self._known(visitor, names)
        return Fitting(
            path={name: known[name] for name in names if name in known},
            query={name: known[name] for name in self.endpoint.query if name in known},
            headers=self._headers(known),
            body=self._example,
            fields={name: known[name] for name in self._fields if name in known},
        )

    @cached_property
    def _entity(self) -> OwnedEntity | None:
        return OwnedEntity.from_contract(self.contract)

    def _known(self, visitor: Visitor, names: list[str]) -> dict[str, Any]:
        """What is there, by name; made for this call."""
        entity = self._entity
        owner = visitor.admin if entity and entity.maker.permission else visitor.person
        known: dict[str, Any] = {"user_id": visitor.user_id(owner)} if "user_id" in (*names, *self._fields) else {}
        ask = partial(visitor.ask, by=owner)
        if entity and self._creates:
            entity.clear(ask)
        elif entity and (names or self.endpoint.path.startswith(entity.path)):
            made = entity.make(ask)
            found = {entity.id_name: made.get("id"), "version": made.get("version")}
            known |= {name: value for name, value in found.items() if value is not None}
        return known

    @cached_property
    def _creates(self) -> bool:
        """Whether it makes the entity itself, for people or inside."""
        ids = set(re.findall(r"{(\w+)}", self.endpoint.path)) - {"user_id"}
        return self.endpoint.method == "POST" and CREATED in self.endpoint.response and not ids

    def _headers(self, known: Mapping[str, Any]) -> dict[str, str]:
        asked = self.endpoint.headers
        keys = {"Idempotency-Key": uuid4().hex} if "Idempotency-Key" in asked else {}
        match = {"If-Match": f'"{known["version"]}"'} if "If-Match" in asked and "version" in known else {}
        return keys | match

    @property
    def _example(self) -> dict[str, Any] | None:
        return next(iter(self.contract.examples.get(self.endpoint.request or "", [])), None)

    @property
    def _fields(self) -> list[str]:
        """Those of the body that name what is stored."""
        schema = self.contract.schemas.get(self.endpoint.request or "", {})
        return [name for name in ("user_id", "version") if name in schema.get("properties", {})]


def fitting(visitor: Visitor, operation: str) -> Fitting:
    """Of an `operation` such as `GET /api/profile`; nothing when no contract has it."""
    method, _, path = operation.partition(" ")
    found = _operations().get((method, anonymous(path)))
    return found.fitting(visitor, re.findall(r"{(\w+)}", path)) if found else Fitting()


@cache
def _operations() -> dict[tuple[str, str], Ordinary]:
    known, _ = load(FOLDER)
    return {
        (endpoint.method, anonymous(endpoint.path)): Ordinary(contract, endpoint)
        for _, contract in known
        for endpoint in contract.endpoints
    }
