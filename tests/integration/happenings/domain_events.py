"""Each kind of letter sent or handled once more and discarded, and a stream replayed."""

from tests.integration.happenings.actors import Actors, causes
from tests.integration.test_events import dead_letters, leave_dead, unsupported_event
from tests.streams import publish
from tests.waiting import eventually


@causes(
    "event.letter_replayed",
    "event.letter_discarded",
    "event.unsent_retried",
    "event.unsent_discarded",
    "event.stream_replayed",
)
def look_after_events(actors: Actors) -> None:
    unknown = unsupported_event()
    unsent = unsupported_event()
    discarded = unsupported_event()
    publish(actors.secrets_root, unknown)
    leave_dead(actors.secrets_root, unsent)
    _change_dead_letter(actors, "POST", "unsent", unsent["id"], group="")
    leave_dead(actors.secrets_root, discarded)
    _change_dead_letter(actors, "DELETE", "unsent", discarded["id"], group="")
    for event in (unknown, unsent):
        _change_dead_letter(actors, "POST", "aside", event["id"])
        _change_dead_letter(actors, "DELETE", "aside", event["id"])
    body = {"group": "live", "stream": "events:profile", "from_id": "9999999999999"}
    actors.ask("POST", "/api/events/replays", by=actors.admin, json=body)


def _change_dead_letter(actors: Actors, method: str, kind: str, event_id: str, group: str = "live") -> None:
    """POST: once more; DELETE: never."""
    (letter,) = eventually(lambda: dead_letters(actors.api, actors.admin, kind, event_id, group), "the letter")
    path = f"/api/events/dead-letters/{letter['id']}{'/replay' if method == 'POST' else ''}"
    actors.ask(method, path, by=actors.admin, params={"kind": kind})
