"""What somebody does stands in the audit log a moment later: once, with who did it; and administrators alone read it."""

import base64
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.utils.ids import new_id
from tests.integration.conftest import Person, demo_account, register
from tests.integration.test_events import dead_letters, unsupported_event
from tests.outbox import leave_dead
from tests.streams import publish
from tests.waiting import eventually

Json = dict[str, Any]
PATH = "/api/audit"


def entries(api: httpx.Client, admin: Person, **params: Any) -> list[Json]:
    """The newest that fit."""
    answer = api.get(PATH, params={"limit": 100} | params, headers=admin.headers)
    return answer.raise_for_status().json()["items"]


def user_id(person: Person) -> str:
    claims = person.token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sub"]


def test_what_a_person_does_is_theirs(api: httpx.Client, admin: Person, person: Person) -> None:
    known = user_id(person)
    made = api.post("/api/profile", json={"name": "Ada"}, headers=person.headers)
    eventually(lambda: len(entries(api, admin, subject=known)) == 3, "registration, login and profile")
    own = entries(api, admin, subject=known)
    assert {each["action"] for each in own} == {"profile.created", "user.registered", "login.recorded"}
    assert {each["actor"] for each in own} == {known}
    (created,) = entries(api, admin, actor=known, action="profile.created")
    assert (created["subject_type"], created["correlation_id"]) == ("profile", made.headers["x-correlation-id"])
    assert person.email not in json.dumps(own)
    assert f"{person.email[0]}***@example.com" in json.dumps(own)


def test_an_attempt_that_fails_is_nobodys(api: httpx.Client, admin: Person, person: Person) -> None:
    api.post("/api/auth/login", json={"email": person.email, "password": "wrong"})
    failed = eventually(
        lambda: [
            each
            for each in entries(api, admin, subject=user_id(person), action="login")
            if each["details"]["outcome"] == "failed"
        ],
        "the attempt",
    )
    assert [each["actor"] for each in failed] == [None]


def test_an_announcement_and_a_billing_run_name_the_administrator(api: httpx.Client, admin: Person) -> None:
    nobody = {"title": f"Plans {uuid4().hex}", "body": "x", "audience": {"roles": ["billing-admin"], "verified": True}}
    key = {"Idempotency-Key": uuid4().hex}
    made = [api.post("/api/announcements", json=nobody, headers=admin.headers | key).json() for _ in range(2)]
    body = {"period": "2026-10", "dry_run": True}
    run = api.post("/api/billing/runs", json=body, headers=admin.headers).raise_for_status().json()
    for known, kind in ((made[0]["id"], "announcement"), (run["id"], "billing_run")):
        (entry,) = eventually(lambda known=known: entries(api, admin, subject=known), kind)
        assert (entry["actor"], entry["subject_type"]) == (user_id(admin), kind)


def test_a_discarded_letter_and_a_replay_name_the_administrator(
    api: httpx.Client, admin: Person, secrets_root: Path
) -> None:
    event = unsupported_event()
    publish(secrets_root, event)
    parked = eventually(lambda: dead_letters(api, admin, "aside", event["id"]), "the letters")
    path = f"/api/events/dead-letters/{parked[0]['id']}"
    assert api.delete(path, params={"kind": "aside"}, headers=admin.headers).status_code == 204
    (entry,) = eventually(lambda: entries(api, admin, subject=parked[0]["id"]), "the entry of the letter")
    assert (entry["action"], entry["actor"]) == ("event.letter_discarded", user_id(admin))
    assert (entry["details"]["held_id"], entry["details"]["group"]) == (event["id"], parked[0]["group"])

    replay = {"group": "login-events", "stream": "events:login", "from_id": "9999999999999-0"}
    answer = api.post("/api/events/replays", json=replay, headers=admin.headers)
    known = answer.headers["x-correlation-id"]
    assert answer.status_code == 202
    replayed = eventually(
        lambda: [
            each
            for each in entries(api, admin, action="event.stream_replayed", subject="login-events")
            if each["correlation_id"] == known
        ],
        "the entry of the replay",
    )
    assert (replayed[0]["actor"], replayed[0]["details"]["entries"]) == (user_id(admin), "0")


def test_who_discards_what_could_not_be_sent_is_named(api: httpx.Client, admin: Person, secrets_root: Path) -> None:
    event = unsupported_event()
    leave_dead(secrets_root, event)
    path = f"/api/events/dead-letters/{event['id']}"
    assert api.delete(path, params={"kind": "unsent"}, headers=admin.headers).status_code == 204
    (entry,) = eventually(lambda: entries(api, admin, subject=event["id"]), "the entry of the letter")
    assert (entry["action"], entry["actor"]) == ("event.unsent_discarded", user_id(admin))
    assert entry["details"]["kind"] == "unsent"


def test_events_that_come_again_are_the_same_entries(api: httpx.Client, admin: Person, person: Person) -> None:
    known = user_id(person)
    eventually(lambda: entries(api, admin, subject=known, action="user"), "the registration")
    again = {"group": "audit", "stream": "events:user", "from_id": "0-0"}
    answer = api.post("/api/events/replays", json=again, headers=admin.headers).raise_for_status()
    assert answer.json()["entries"] >= 1
    behind = user_id(register(api))
    eventually(lambda: entries(api, admin, subject=behind, action="user"), "a registration behind the replay")
    assert len(entries(api, admin, subject=known, action="user.registered")) == 1


def test_pages_follow_each_other(api: httpx.Client, admin: Person, person: Person) -> None:
    known = user_id(person)
    api.post("/api/profile", json={"name": "Ada"}, headers=person.headers)
    eventually(lambda: len(entries(api, admin, subject=known)) >= 3, "three entries")
    first = api.get(PATH, params={"subject": known, "limit": 2}, headers=admin.headers).json()
    second = api.get(
        PATH, params={"subject": known, "limit": 2, "cursor": first["next_cursor"]}, headers=admin.headers
    ).json()
    ids = [each["id"] for each in first["items"] + second["items"]]
    assert ids[:3] == sorted(ids, reverse=True)[:3]
    assert len(set(ids)) == len(ids) >= 3


def test_a_page_has_the_addresses_of_its_people(api: httpx.Client, admin: Person, person: Person) -> None:
    known = user_id(person)
    eventually(lambda: entries(api, admin, subject=known), "an entry")
    found = api.get(PATH, params={"subject": known}, headers=admin.headers).json()
    assert found["people"] == {known: person.email}


@pytest.mark.parametrize("role", ["support", "user"])
def test_who_may_not_read_it_does_not(api: httpx.Client, role: str) -> None:
    answer = api.get(PATH, headers=demo_account(api, role).headers)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")


@pytest.mark.parametrize(
    "params",
    [
        {"action": "User"},
        {"actor": "me"},
        {"cursor": "nonsense"},
        {"cursor": str(uuid4())},
        {"from": "2026-01-01T00:00:00Z", "to": "2026-06-01T00:00:00Z"},
        {"from": "soon"},
        {"subject": "a\x00"},
    ],
)
def test_a_filter_that_is_none_is_a_problem(api: httpx.Client, admin: Person, params: dict[str, str]) -> None:
    answer = api.get(PATH, params=params, headers=admin.headers)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_what_nobody_did_is_an_empty_list(api: httpx.Client, admin: Person) -> None:
    assert api.get(PATH, params={"actor": new_id()}, headers=admin.headers).json() == {
        "items": [],
        "next_cursor": None,
        "people": {},
    }
