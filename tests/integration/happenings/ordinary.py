"""The events of entities whose owner creates, changes and deletes them, by the contracts' examples."""

from functools import partial
from typing import Any

from shared.contracts.loader import contracts
from tests.integration.conftest import Person
from tests.integration.happenings.actors import CAUSED, NONE, Actors, Headers
from tests.owned_entity import OwnedEntity


def happen(actors: Actors) -> None:
    """For each contract that publishes an event which no module declares."""
    for contract in contracts():
        entity = OwnedEntity.from_contract(contract)
        if entity and {event.type for event in contract.events.published} - CAUSED:
            ask = partial(_ask, actors, actors.admin if entity.maker.permission else actors.person)
            entity.clear(ask)
            entity.change(ask, entity.make(ask))
            entity.clear(ask)


def _ask(actors: Actors, owner: Person, method: str, path: str, *, headers: Headers = NONE, **request: Any) -> Any:
    """The answer's JSON, whatever its status."""
    answer = actors.api.request(method, path, headers={**owner.headers, **headers}, **request)
    return answer.json() if answer.content else {}
