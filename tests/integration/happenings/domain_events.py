"""Each kind of letter sent or handled once more and discarded, and a stream replayed."""

from tests.integration.happenings.stage import Stage, causes
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
def look_after_events(stage: Stage) -> None:
    unknown = unsupported_event()
    unsent = unsupported_event()
    discarded = unsupported_event()
    publish(stage.secrets_root, unknown)
    leave_dead(stage.secrets_root, unsent)
    _change_dead_letter(stage, "POST", "unsent", unsent["id"], group="")
    leave_dead(stage.secrets_root, discarded)
    _change_dead_letter(stage, "DELETE", "unsent", discarded["id"], group="")
    for event in (unknown, unsent):
        _change_dead_letter(stage, "POST", "aside", event["id"])
        _change_dead_letter(stage, "DELETE", "aside", event["id"])
    body = {"group": "live", "stream": "events:profile", "from_id": "9999999999999"}
    stage.ask("POST", "/api/events/replays", by=stage.admin, json=body)


def _change_dead_letter(stage: Stage, method: str, kind: str, event_id: str, group: str = "live") -> None:
    """POST: once more; DELETE: never."""
    (letter,) = eventually(lambda: dead_letters(stage.api, stage.admin, kind, event_id, group), "the letter")
    path = f"/api/events/dead-letters/{letter['id']}{'/replay' if method == 'POST' else ''}"
    stage.ask(method, path, by=stage.admin, params={"kind": kind})
