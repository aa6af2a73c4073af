"""Every event that a contract publishes has a form of its own, and is sent on the stream of its family."""

import pytest

from shared.models.event_data import EVENT_DATA
from shared.models.events import Event
from tests.contracts.contracts import load, names
from tooling.contracts import models

PUBLISHED = [(name, event) for name in names() for event in load(name).events.published]


def test_every_event_type_is_published_by_one_feature():
    assert sorted((event.type, event.version) for _, event in PUBLISHED) == sorted(EVENT_DATA)


@pytest.mark.parametrize(("name", "type_"), [(name, event.type) for name, event in PUBLISHED])
def test_published_event_is_described(name: str, type_: str):
    contract = load(name)
    event = next(event for event in contract.events.published if event.type == type_)
    envelope = Event.model_validate(
        {"id": "1", "type": type_, "aggregate_id": "1", "occurred_at": "2026-11-23T08:00:00Z", "data": {}}
    )

    assert models.find(event.data) is EVENT_DATA[envelope.type, event.version]
    assert envelope.stream == f"events:{type_.partition('.')[0]}"


def test_a_consumer_takes_an_event_once():
    """A consumer group that two features describe would run only one of the two effects."""
    consumed = [
        (event.service, event.consumer, event.type, event.version)
        for name in names()
        for event in load(name).events.consumed
    ]

    assert len(consumed) == len(set(consumed))
