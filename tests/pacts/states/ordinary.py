"""States that a contract says by itself: `a person with a bookmark` owns the `Bookmark` that its contract makes inside.

It is made by the contract's internal `POST` that answers 201 with a `Bookmark`, with the fullest of its examples; the pact
learns `bookmark_id`. Also: `two bookmarks`, `an administrator`. A state that needs more is a function of its own.
"""

import re
from typing import Any
from uuid import uuid4

from shared.contracts.loader import contracts
from shared.contracts.manifest import Contract, Endpoint
from tests.pacts.states.people import administrator, person
from tests.pacts.states.providers import Providers, State, Values

NAME = re.compile(r"(a person|an administrator) with (an?|two) ([a-z ]+)")
OWNERS = {"a person": person, "an administrator": administrator}


def state_of(name: str) -> State | None:
    """The state that `name` says, when a contract makes such an entity."""
    found = NAME.fullmatch(name)
    if not found:
        return None
    owner, number, words = found.groups()
    entity = words.removesuffix("s") if number == "two" else words
    if _maker(entity) is None:
        return None

    async def prepare(providers: Providers) -> Values:
        values = await OWNERS[owner](providers)
        for _ in range(2 if number == "two" else 1):
            values = await make(providers, entity, values)
        return values

    return prepare


async def make(providers: Providers, entity: str, values: Values) -> Values:
    """`values` and the id of a new `entity` (`bookmark`) of the user in them.

    Raises:
        LookupError: no contract makes one.
    """
    found = _maker(entity)
    if found is None:
        raise LookupError(f"no contract has an internal POST that answers 201 with a {_class(entity)}")
    contract, endpoint = found
    body = _fullest(contract, endpoint) | {name: values[name] for name in _owned(contract, endpoint)}
    headers = {"Idempotency-Key": uuid4().hex}
    made = await providers.ask(endpoint.service, "POST", endpoint.path.format_map(values), body, headers=headers)
    return {**values, f"{entity.replace(' ', '_')}_id": made["id"]}


def _maker(entity: str) -> tuple[Contract, Endpoint] | None:
    for contract in contracts():
        for endpoint in contract.endpoints:
            if (
                endpoint.method == "POST"
                and endpoint.auth == "internal"
                and endpoint.response.get(201) == _class(entity)
            ):
                return contract, endpoint
    return None


def _class(entity: str) -> str:
    return "".join(word.title() for word in entity.split())


def _fullest(contract: Contract, endpoint: Endpoint) -> dict[str, Any]:
    examples = contract.examples.get(endpoint.request or "", [{}])
    return max(examples, key=lambda each: sum(value is not None for value in each.values()))


def _owned(contract: Contract, endpoint: Endpoint) -> set[str]:
    """The fields of the body that name its owner."""
    schema = contract.schemas.get(endpoint.request or "", {})
    return {"user_id"} & set(schema.get("properties", ()))
