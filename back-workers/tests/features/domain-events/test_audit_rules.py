"""What administrators do with events is recorded under their id, not under that of the event's user."""

import pytest
from features.audit.entries import entry
from tests.samples import event

from shared.models.event_data import EVENT_DATA

ADMIN = "0193a000-0000-7000-8000-000000000009"
LETTER = {"id": "1-0", "kind": "dead", "group": "mail", "stream": "events:user", "held_type": "user.registered"}
REPLAY = {"actor_id": ADMIN, "group": "mail", "stream": "events:user", "from_id": "0", "entries": 7}


@pytest.mark.parametrize(
    ("name", "data", "subject_type", "details"),
    [
        (
            "event.letter_discarded",
            {"actor_id": ADMIN, "letter": LETTER},
            "dead_letter",
            {"kind": "dead", "group": "mail", "stream": "events:user", "held_type": "user.registered"},
        ),
        (
            "event.stream_replayed",
            REPLAY,
            "consumer_group",
            {"stream": "events:user", "from_id": "0", "entries": "7"},
        ),
    ],
)
def test_the_administrator_is_the_actor(
    name: str, data: dict[str, object], subject_type: str, details: dict[str, str]
) -> None:
    published = event(name, data)
    made = entry(published, EVENT_DATA[published.type, published.version].from_event(published))
    assert (made.actor, made.subject_type, made.subject_id) == (ADMIN, subject_type, published.aggregate_id)
    assert made.details.items() >= details.items()
