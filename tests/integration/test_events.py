"""What administrators see of events, and what they do about one that no consumer could handle."""

from pathlib import Path
from typing import Any

import httpx

from shared.utils.ids import new_id
from tests.integration.conftest import Person
from tests.outbox import leave_dead
from tests.streams import publish
from tests.waiting import eventually

Json = dict[str, Any]
TO_COME = 99


def dead_letters(api: httpx.Client, admin: Person, kind: str, event_id: str, group: str = "live") -> list[Json]:
    """Those that this event has made of `group`, or of none."""
    answer = api.get("/api/events/dead-letters", params={"kind": kind, "limit": 100}, headers=admin.headers)
    found: list[Json] = answer.raise_for_status().json()["items"]
    return [letter for letter in found if event_id in letter["text"] and letter["group"] in (group, "")]


def unsupported_event() -> Json:
    event_id = new_id()
    envelope = {
        "id": event_id,
        "type": "profile.updated",
        "version": TO_COME,
        "aggregate_id": event_id,
        "data": {"a": 1},
    }
    return envelope | {"occurred_at": "2026-11-23T12:00:00Z", "correlation_id": event_id}


def test_streams_groups_and_the_newest_events_are_shown(api: httpx.Client, admin: Person, person: Person) -> None:
    user_id = api.get("/api/me", headers=person.headers).json()["user"]["id"]
    eventually(lambda: user_id in _recent(api, admin), "the registration's event")
    answer = api.get("/api/events/streams", headers=admin.headers).raise_for_status().json()
    streams = {stream["name"]: stream for stream in answer["streams"]}
    assert {"mail", "notifications"} <= {group["name"] for group in streams["events:user"]["groups"]}
    assert answer["outbox"].keys() >= {"pending", "oldest_seconds"}
    assert person.email not in _recent(api, admin)


def _recent(api: httpx.Client, admin: Person) -> str:
    answer = api.get("/api/events/recent", params={"stream": "events:user"}, headers=admin.headers)
    return answer.raise_for_status().text


def test_an_event_of_a_newer_version_is_parked_and_can_be_discarded(
    api: httpx.Client, admin: Person, secrets_root: Path
) -> None:
    event = unsupported_event()
    publish(secrets_root, event)
    (letter,) = eventually(lambda: dead_letters(api, admin, "aside", event["id"]), "the letter")
    path = f"/api/events/dead-letters/{letter['id']}"
    kind = {"kind": "aside"}
    assert api.get(path, params=kind, headers=admin.headers).json() == letter
    origin = api.get(f"/api/events/streams/{letter['stream']}/{letter['entry_id']}", headers=admin.headers)
    assert origin.json()["event"]["id"] == event["id"]
    assert letter in origin.json()["dead_letters"]
    assert api.post(f"{path}/replay", params=kind, headers=admin.headers).status_code == 204
    (again,) = eventually(lambda: dead_letters(api, admin, "aside", event["id"]), "the same event, aside again")
    path = f"/api/events/dead-letters/{again['id']}"
    assert api.delete(path, params=kind, headers=admin.headers).status_code == 204
    assert api.delete(path, params=kind, headers=admin.headers).status_code == 404
    assert api.get(path, params=kind, headers=admin.headers).status_code == 404
    assert dead_letters(api, admin, "aside", event["id"]) == []


def test_an_event_that_could_not_be_sent_is_sent_once_more(
    api: httpx.Client, admin: Person, secrets_root: Path
) -> None:
    event = unsupported_event()
    leave_dead(secrets_root, event)
    (letter,) = dead_letters(api, admin, "unsent", event["id"], group="")
    assert (letter["stream"], letter["error"], letter["deliveries"]) == ("events:profile", "too long", 5)
    path = f"/api/events/dead-letters/{letter['id']}"
    kind = {"kind": "unsent"}
    assert api.get(path, params=kind, headers=admin.headers).json() == letter
    assert api.post(f"{path}/replay", params=kind, headers=admin.headers).status_code == 204
    (parked,) = eventually(lambda: dead_letters(api, admin, "aside", event["id"]), "it came as far as a consumer")
    api.delete(f"/api/events/dead-letters/{parked['id']}", params={"kind": "aside"}, headers=admin.headers)
    assert api.delete(path, params=kind, headers=admin.headers).status_code == 404
    assert dead_letters(api, admin, "unsent", event["id"], group="") == []


def test_events_can_be_handled_again_from_an_id(api: httpx.Client, admin: Person, person: Person) -> None:
    eventually(lambda: api.get("/api/notifications", headers=person.headers).json()["items"], "the welcome")
    body = {"group": "notifications", "stream": "events:user", "from_id": "0-0"}
    answer = api.post("/api/events/replays", json=body, headers=admin.headers)
    assert answer.status_code == 202, answer.text
    assert answer.json()["entries"] >= 1
    kept = api.get("/api/notifications", headers=person.headers).json()["items"]
    assert [item["kind"] for item in kept] == ["welcome"]


def test_who_may_not_see_events_does_not(api: httpx.Client, person: Person) -> None:
    assert api.get("/api/events/streams", headers=person.headers).status_code == 403
