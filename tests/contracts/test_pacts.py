"""The pacts cover what is really asked: each operation that a consumer calls is in its pact, and nothing that no contract has."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.contracts.test_fronts import CALLS, ENDPOINTS
from tests.pacts.states import state_named
from tests.pacts.states.providers import STATES
from tooling.pacts import COMMITTED
from tooling.pacts.uses import operation

PACTS: list[dict[str, Any]] = [
    json.loads(path.read_text(encoding="utf-8")) for path in sorted(COMMITTED.glob("*.json"))
]
FRONTS = ("front-public", "front-admin")
ASKED = {
    (pact["consumer"]["name"], pact["provider"]["name"], operation(one))
    for pact in PACTS
    for one in pact["interactions"]
}


def _needed() -> Iterator[tuple[str, str, str]]:
    """(consumer, provider, `METHOD /path/{}`): what fronts call in their code, and what back-api may call by its contracts."""
    for _, front, key, _ in CALLS:
        for consumer in FRONTS if front == "shared" else (front,):
            yield consumer, ENDPOINTS[key][1].service, key
    for key, (_, endpoint) in ENDPOINTS.items():
        if endpoint.for_services and "back-api" in endpoint.callers:
            yield "back-api", endpoint.service, key


@pytest.mark.parametrize(("consumer", "provider", "key"), sorted(set(_needed())))
def test_what_a_consumer_calls_is_in_its_pact(consumer: str, provider: str, key: str) -> None:
    assert (consumer, provider, key) in ASKED, f"a pact test of {consumer} must say what it needs of {provider} {key}"


@pytest.mark.parametrize(("consumer", "provider", "key"), sorted(ASKED))
def test_what_a_pact_asks_is_in_a_contract(consumer: str, provider: str, key: str) -> None:
    assert key in ENDPOINTS, f"{consumer} asks {provider} {key}"
    assert ENDPOINTS[key][1].service == provider


def test_each_state_of_a_pact_can_be_prepared_and_each_that_can_is_named() -> None:
    named = {given["name"] for pact in PACTS for one in pact["interactions"] for given in one["providerStates"]}
    assert all(state_named(name) for name in named)
    assert STATES.keys() <= named
