"""The situation of an operation that declares none: the caller owns an entity, made by the contract's examples.

A contract's first `POST` of back-api that a login may send, and that answers 201, makes the entity: of the caller, or of an
administrator when it asks for a permission. Bodies are the contract's examples; `{bookmark_id}` is the id of a `Bookmark`
that was made, `{user_id}` its owner's, `version` its version.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, cast
from uuid import uuid4

from shared.contracts.loader import FOLDER, load
from shared.contracts.manifest import Contract, Endpoint
from tests.integration.conftest import Person
from tests.properties.situations.world import Fitting, World
from tooling.contracts.operations import anonymous

Json = Mapping[str, Any]
CREATED = 201


@dataclass(frozen=True)
class Ordinary:
    """An `endpoint` of `contract`."""

    contract: Contract
    endpoint: Endpoint

    @cached_property
    def maker(self) -> Endpoint | None:
        """What makes the contract's entity."""
        made = (each for each in self.contract.endpoints if each.method == "POST" and CREATED in each.response)
        return next(
            (each for each in made if each.service == "back-api" and each.auth == "user" and "{" not in each.path), None
        )

    def fitting(self, world: World, names: list[str]) -> Fitting:
        """`names` are the parameters of the path."""
        maker = self.maker
        owner = world.admin if maker and maker.permission else world.person
        known: dict[str, Any] = {"user_id": world.user_id(owner)} if "user_id" in (*names, *self._fields()) else {}
        if maker and self._creates():
            _clear(world, self.contract, maker, owner)
        elif maker and (names or self.endpoint.path.startswith(maker.path)):
            known |= self._stored(world, maker, owner)
        return Fitting(
            path={name: known[name] for name in names if name in known},
            query={name: known[name] for name in self.endpoint.query if name in known},
            headers=self._headers(known),
            body=_example(self.contract, self.endpoint.request),
            fields={name: known[name] for name in self._fields() if name in known},
        )

    def _creates(self) -> bool:
        """Whether it makes the entity itself, for people or inside."""
        ids = set(re.findall(r"{(\w+)}", self.endpoint.path)) - {"user_id"}
        return self.endpoint.method == "POST" and CREATED in self.endpoint.response and not ids

    def _stored(self, world: World, maker: Endpoint, owner: Person) -> dict[str, Any]:
        """The ids and the version of an entity, a new one when there may be another."""
        entity = _made(world, self.contract, maker, owner)
        if "id" not in entity:
            return {}
        entity_id = f"{_snake(str(maker.response[CREATED]))}_id"
        version = {"version": entity["version"]} if "version" in entity else {}
        return {entity_id: entity["id"], **version}

    def _headers(self, known: Json) -> dict[str, str]:
        asked = self.endpoint.headers
        keys = {"Idempotency-Key": uuid4().hex} if "Idempotency-Key" in asked else {}
        match = {"If-Match": f'"{known["version"]}"'} if "If-Match" in asked and "version" in known else {}
        return keys | match

    def _fields(self) -> list[str]:
        """Those of the body that name what is stored."""
        schema = self.contract.schemas.get(self.endpoint.request or "", {})
        return [name for name in ("user_id", "version") if name in schema.get("properties", {})]


def fitting(world: World, operation: str) -> Fitting:
    """Of an `operation` such as `GET /api/profile`; nothing when no contract has it."""
    method, _, path = operation.partition(" ")
    found = _operations().get((method, anonymous(path)))
    return found.fitting(world, re.findall(r"{(\w+)}", path)) if found else Fitting()


@cache
def _operations() -> dict[tuple[str, str], Ordinary]:
    known, _ = load(FOLDER)
    return {
        (endpoint.method, anonymous(endpoint.path)): Ordinary(contract, endpoint)
        for _, contract in known
        for endpoint in contract.endpoints
    }


def _made(world: World, contract: Contract, maker: Endpoint, owner: Person) -> Json:
    """A new entity, or the one that is there already."""
    headers = {"Idempotency-Key": uuid4().hex}
    made = world.ask("POST", maker.path, owner, json=_example(contract, maker.request), headers=headers)
    if "id" in made:
        return made
    kept = _kept(world, maker, owner)
    return kept[0] if kept else {}


def _clear(world: World, contract: Contract, maker: Endpoint, owner: Person) -> None:
    """Takes away what would be in the way of a new one."""
    paths = {each.path for each in contract.endpoints if each.method == "DELETE" and each.service == maker.service}
    if maker.path in paths:
        world.ask("DELETE", maker.path, owner)
    elif any(anonymous(path) == anonymous(f"{maker.path}/{{id}}") for path in paths):
        for entity in _kept(world, maker, owner):
            world.ask("DELETE", f"{maker.path}/{entity['id']}", owner)


def _kept(world: World, maker: Endpoint, owner: Person) -> list[Json]:
    """The owner's entities: the items of a list, or the one that there can be."""
    found = world.ask("GET", maker.path, owner)
    items = cast("list[Json]", found.get("items", [found]))
    return [item for item in items if "id" in item]


def _example(contract: Contract, schema: str | None) -> Json | None:
    """The contract's first of `schema`."""
    return next(iter(contract.examples.get(schema or "", [])), None)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
