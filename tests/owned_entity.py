"""An entity that its owner makes, changes and deletes by a contract's examples: what tests do with a feature of which they know
nothing else.

A contract's first `POST` of back-api that a login may send, that has no parameter in its path and that answers 201, makes it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self, cast
from uuid import uuid4

from shared.contracts.manifest import Contract, Endpoint
from tooling.contracts.operations import anonymous

Json = Mapping[str, Any]
CREATED = 201


class Ask(Protocol):
    """A request of the owner; the answer's JSON, whatever its status."""

    def __call__(self, method: str, path: str, **request: Any) -> Any: ...


@dataclass(frozen=True)
class OwnedEntity:
    """The one that `maker` of `contract` makes."""

    contract: Contract
    maker: Endpoint

    @classmethod
    def from_contract(cls, contract: Contract) -> Self | None:
        """The contract's; None when people make nothing in it."""
        made = (each for each in contract.endpoints if each.method == "POST" and CREATED in each.response)
        by_people = (each for each in made if each.service == "back-api" and each.auth == "user")
        return next((cls(contract, each) for each in by_people if "{" not in each.path), None)

    @property
    def path(self) -> str:
        """Where it is made, and listed or read."""
        return self.maker.path

    @property
    def id_name(self) -> str:
        """`bookmark_id` of a `Bookmark`."""
        return f"{re.sub(r'(?<!^)(?=[A-Z])', '_', str(self.maker.response[CREATED])).lower()}_id"

    def examples(self, request: str | None) -> list[Json]:
        """The contract's, of what is sent."""
        return cast("list[Json]", self.contract.examples.get(request or "", []))

    def make(self, ask: Ask) -> Json:
        """A new one, or the one that is there already; empty when there can be none."""
        body = next(iter(self.examples(self.maker.request)), None)
        made = ask("POST", self.path, json=body, headers={"Idempotency-Key": uuid4().hex})
        return made if "id" in made else next(iter(self.kept(ask)), cast("Json", {}))

    def kept(self, ask: Ask) -> list[Json]:
        """Those of the owner: the items of a list, or the one that there can be."""
        found = ask("GET", self.path)
        items = cast("list[Json]", found.get("items", [found]))
        return [item for item in items if "id" in item]

    def change(self, ask: Ask, entity: Json) -> None:
        """By each example of a change."""
        for endpoint in self._own("PATCH", "PUT"):
            for body in self.examples(endpoint.request):
                ask(endpoint.method, self._address(endpoint, entity), json=body)

    def clear(self, ask: Ask) -> None:
        """Deletes what is there."""
        for endpoint in self._own("DELETE"):
            for entity in self.kept(ask):
                ask("DELETE", self._address(endpoint, entity))

    def _own(self, *methods: str) -> list[Endpoint]:
        """The operations of back-api on one of them."""
        paths = {self.path, f"{anonymous(self.path)}/{{}}"}
        return [
            each
            for each in self.contract.endpoints
            if each.service == self.maker.service and each.method in methods and anonymous(each.path) in paths
        ]

    def _address(self, endpoint: Endpoint, entity: Json) -> str:
        return re.sub(r"{\w+}", str(entity["id"]), endpoint.path)
