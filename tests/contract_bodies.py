"""The JSON bodies that endpoints take, each with the contract's example of a good one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from shared.contracts.loader import contracts
from shared.contracts.manifest import Endpoint
from tooling.contracts import models

PARAMETER = re.compile(r"\{(\w+)\}")
KNOWN = {"name": "announcements"}
"""What stands for a parameter that is no id: the name of a feature flag."""


@dataclass(frozen=True)
class Body:
    """What `endpoint` takes. `good` is the smallest example of it."""

    endpoint: Endpoint
    model: type[BaseModel]
    examples: list[dict[str, Any]]
    contract: str

    @property
    def good(self) -> dict[str, Any]:
        if not self.examples:
            pytest.fail(f"add an example of {self.model.__name__} to shared/contracts/{self.contract}/feature.yaml")
        return min(self.examples, key=len)

    @property
    def fields(self) -> list[str]:
        """As callers write them."""
        return [field.alias or name for name, field in self.model.model_fields.items()]

    def takes(self, body: dict[str, Any]) -> bool:
        """Whether `body` is a good one too."""
        try:
            self.model.model_validate(body)
        except ValidationError:
            return False
        return True


def bodies(*services: str) -> list[Body]:
    """Those of all endpoints of `services`."""
    return list(_bodies(services))


def _bodies(services: tuple[str, ...]) -> Iterator[Body]:
    for contract in contracts():
        for endpoint in contract.endpoints:
            if endpoint.service in services and endpoint.request and "/" not in endpoint.request:
                examples = contract.examples.get(endpoint.request, [])
                yield Body(endpoint, models.find(endpoint.request), examples, contract.name)


def filled(path: str, anything: Callable[[str], str]) -> str:
    """`path` with something for each parameter: a name that is known, else what `anything` gives for it."""
    return PARAMETER.sub(lambda found: KNOWN.get(found[1]) or anything(found[1]), path)
