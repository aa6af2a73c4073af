"""The events of entities whose owner creates, changes and deletes them, by the contracts' examples."""

from functools import partial
from typing import Any

from shared.contracts.loader import FOLDER, load
from tests.integration.conftest import Person
from tests.integration.happenings.stage import CAUSED, NONE, Headers, Stage
from tests.owned_entity import OwnedEntity


def happen(stage: Stage) -> None:
    """For each contract that publishes an event which no module declares."""
    for _, contract in load(FOLDER)[0]:
        entity = OwnedEntity.of(contract)
        if entity and {event.type for event in contract.events.published} - CAUSED:
            ask = partial(_ask, stage, stage.admin if entity.maker.permission else stage.person)
            entity.clear(ask)
            entity.change(ask, entity.make(ask))
            entity.clear(ask)


def _ask(stage: Stage, owner: Person, method: str, path: str, *, headers: Headers = NONE, **request: Any) -> Any:
    """The answer's JSON, whatever its status."""
    answer = stage.api.request(method, path, headers={**owner.headers, **headers}, **request)
    return answer.json() if answer.content else {}
