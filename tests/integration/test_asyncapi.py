"""What the services serve at `/asyncapi.json` is what really travels: at sockets, in streams, between the services."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from back_redis.live_envelope import live_channel, unpack
from back_redis.revocations import STREAM
from back_redis.streams import PARKED
from shared.models.event_data import EVENT_DATA, streams
from stack import settings
from tests.contracts.asyncapi import assert_message, committed, services
from tests.integration import subscribers
from tests.integration.conftest import PASSWORD, Person, demo_account, register, verify_email
from tests.integration.test_events import TO_COME, dead_letters, leave_dead, unsupported_event
from tests.streams import publish
from tests.waiting import eventually
from tooling.paths import ROOT

Json = dict[str, Any]
LIVE = {"notification.created", "notification.read", "notification.deleted", "profile.updated"}


@dataclass
class Observed:
    """Messages as they came to somebody and to an administrator; `published` of the channel of their shard, fields by stream."""

    own: list[Json]
    admins: list[Json]
    published: list[str] = field(default_factory=list[str])
    entries: dict[str, list[dict[str, str]]] = field(default_factory=dict[str, list[dict[str, str]]])

    def events(self) -> list[tuple[str, Json]]:
        """By stream, without those of a version to come."""
        all_ = [(name, json.loads(one["event"])) for name in streams() for one in self.entries.get(name, [])]
        return [(name, event) for name, event in all_ if event["version"] != TO_COME]


@pytest.fixture(scope="module")
def served() -> dict[str, Json]:
    """The document of each service, as it serves it."""
    ports = settings.load().ports
    addresses = {name: f"http://127.0.0.1:{ports[name.upper().replace('-', '_')]}" for name in services()}
    return {name: httpx.get(f"{address}/asyncapi.json").json() for name, address in addresses.items()}


@pytest.fixture(scope="module")
def observed(api: httpx.Client, mail: httpx.Client, public_url: str, admin: Person, secrets_root: Path) -> Observed:
    """Everything that is an event or a live message, once at least."""
    person = register(api)
    user_id = api.get("/api/me", headers=person.headers).json()["user"]["id"]
    names = [*streams(), STREAM]
    with (
        subscribers.redis(secrets_root) as store,
        subscribers.channel(store, live_channel(user_id)) as messages,
        subscribers.socket(public_url, person) as own,
        subscribers.socket(public_url, admin) as admins,
    ):
        before = {name: subscribers.last_id(store, name) for name in names}
        found = Observed(own, admins)
        register(api)
        known = demo_account(api, "user").email  # long ago: soon after the first, a second attempt is the same one
        api.post("/api/user-registration", json={"email": known, "password": PASSWORD}).raise_for_status()
        api.post("/api/auth/email/verification", headers=person.headers).raise_for_status()
        verify_email(api, mail, person.email)
        change_profile(api, person)
        use_notifications(api, person, found)
        pay(api, person, admin)
        announce(api, admin)
        lose_a_session(api, person)
        be_attacked(api)
        look_after_events(api, admin, secrets_root)

        def all_is_there() -> bool:
            found.entries = {name: subscribers.entries(store, name, before[name]) for name in names}
            kinds = {event["type"] for _, event in found.events()}
            live = {message["type"] for message in found.own}
            progress = {message["type"] for message in found.admins}
            return kinds >= {kind for kind, _ in EVENT_DATA} and live >= LIVE and "task.progress" in progress

        eventually(all_is_there, "each event in its stream, and each live message at a socket")
        found.published = messages()
    return found


def change_profile(api: httpx.Client, person: Person) -> None:
    api.post("/api/profile", json={"name": "Ada"}, headers=person.headers).raise_for_status()
    api.patch("/api/profile", json={"bio": "Notes"}, headers=person.headers).raise_for_status()
    api.delete("/api/profile", headers=person.headers).raise_for_status()


def use_notifications(api: httpx.Client, person: Person, found: Observed) -> None:
    eventually(lambda: found.own, "the welcome, live")
    path = f"/api/notifications/{found.own[0]['id']}"
    api.post(f"{path}/read", headers=person.headers).raise_for_status()
    api.delete(path, headers=person.headers).raise_for_status()


def pay(api: httpx.Client, person: Person, admin: Person) -> None:
    api.post("/api/subscription", json={"plan": "pro"}, headers=person.headers).raise_for_status()
    api.patch("/api/subscription", json={"seats": 2}, headers=person.headers).raise_for_status()
    body = {"period": f"{datetime.now(UTC):%Y-%m}"}
    run = "/api/billing/runs"
    eventually(lambda: api.post(run, json=body, headers=admin.headers).status_code == 202, "a run is accepted")
    eventually(lambda: api.get("/api/invoices", headers=person.headers).json()["items"], "the invoice")
    api.delete("/api/subscription", headers=person.headers).raise_for_status()


def announce(api: httpx.Client, admin: Person) -> None:
    announcement = {"title": f"News {uuid4().hex}", "body": "Nothing to do.", "audience": {"roles": ["support"]}}
    headers = admin.headers | {"Idempotency-Key": uuid4().hex}
    api.post("/api/announcements", json=announcement, headers=headers).raise_for_status()


def lose_a_session(api: httpx.Client, person: Person) -> None:
    """A refresh token that comes back ends its session."""

    def refresh(token: str) -> httpx.Response:
        return api.post("/api/auth/refresh", json={"refresh_token": token})

    stolen = api.post("/api/auth/login", json={"email": person.email, "password": PASSWORD}).json()["refresh_token"]
    newer = stolen
    for _ in range(2):
        newer = refresh(newer).json()["refresh_token"]
    assert refresh(stolen).status_code == 401


def be_attacked(api: httpx.Client) -> None:
    """So many wrong passwords that the account is locked."""
    wrong = {"email": register(api).email, "password": "wrong"}
    eventually(lambda: api.post("/api/auth/login", json=wrong).status_code == 429, "the account is locked")


def look_after_events(api: httpx.Client, admin: Person, secrets_root: Path) -> None:
    """Each kind of letter sent or handled once more and discarded, and a stream replayed."""
    unknown = unsupported_event()
    unsent = unsupported_event()
    publish(secrets_root, unknown)
    leave_dead(secrets_root, unsent)
    change_dead_letter(api, admin, "POST", "unsent", unsent["id"], group="")
    leave_dead(secrets_root, discarded := unsupported_event())
    change_dead_letter(api, admin, "DELETE", "unsent", discarded["id"], group="")
    for event in (unknown, unsent):
        change_dead_letter(api, admin, "POST", "aside", event["id"])
        change_dead_letter(api, admin, "DELETE", "aside", event["id"])
    body = {"group": "live", "stream": "events:profile", "from_id": "9999999999999"}
    api.post("/api/events/replays", json=body, headers=admin.headers).raise_for_status()


def change_dead_letter(
    api: httpx.Client, admin: Person, method: str, kind: str, event_id: str, group: str = "live"
) -> None:
    """POST: once more; DELETE: never."""
    (letter,) = eventually(lambda: dead_letters(api, admin, kind, event_id, group), "the letter")
    path = f"/api/events/dead-letters/{letter['id']}{'/replay' if method == 'POST' else ''}"
    api.request(method, path, params={"kind": kind}, headers=admin.headers).raise_for_status()


@pytest.mark.parametrize("service", services())
def test_a_service_serves_its_document(served: dict[str, Json], service: str) -> None:
    written = committed(service)
    version = (ROOT / service / "VERSION").read_text(encoding="utf-8").strip()
    assert served[service] == written | {"info": written["info"] | {"version": version}}


@pytest.mark.parametrize("host", ["localhost", "admin.localhost"])
def test_no_document_passes_the_gateway(api: httpx.Client, host: str) -> None:
    answer = api.get("/asyncapi.json", headers={"Host": f"{host}:{api.base_url.port}"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_what_comes_to_a_socket_is_in_the_document(served: dict[str, Json], observed: Observed) -> None:
    assert {message["type"] for message in (*observed.own, *observed.admins)} == LIVE | {"task.progress"}
    for message in (*observed.own, *observed.admins):
        assert_message(served["back-websockets"], subscribers.PATH, message["type"], message)


def test_what_comes_in_an_event_stream_is_in_the_document(api: httpx.Client, served: dict[str, Json]) -> None:
    person = register(api)
    seen = set[str]()
    api.post("/api/profile", json={"name": "Ada"}, headers=person.headers).raise_for_status()
    with subscribers.event_stream(api, person) as events:
        while not seen >= {"notification.created", "profile.updated"}:
            name, data = next(events)
            assert_message(served["back-websockets"], f"{subscribers.PATH}/stream", name, data)
            if name not in seen:
                api.patch("/api/profile", json={"bio": name}, headers=person.headers).raise_for_status()
            seen.add(name)
    with subscribers.event_stream(api, None) as events:
        (refusal,) = events
    assert refusal[1]["code"] == 4401
    assert_message(served["back-websockets"], f"{subscribers.PATH}/stream", *refusal)


def test_what_stands_in_the_streams_is_in_the_documents(served: dict[str, Json], observed: Observed) -> None:
    seen = {(event["type"], event["version"]) for _, event in observed.events()}
    assert seen == EVENT_DATA.keys()
    for stream, event in observed.events():
        for document in served.values():
            if any(channel["address"] == stream for channel in document["channels"].values()):
                assert_message(document, stream, event["type"], event)
    assert all(entry.keys() == {"event"} for name in streams() for entry in observed.entries[name])


def test_what_is_published_for_open_tabs_is_in_the_documents(served: dict[str, Json], observed: Observed) -> None:
    addressed = [unpack(payload) for payload in observed.published]
    assert {each.type for each in addressed} >= LIVE
    for each in addressed:
        for service in ("back-api", "back-workers", "back-websockets"):
            assert_message(served[service], "live:{shard}", each.type, json.loads(each.text))


def test_a_session_that_ended_is_published_as_documented(served: dict[str, Json], observed: Observed) -> None:
    assert observed.entries[STREAM]
    for entry in observed.entries[STREAM]:
        for service in ("back-auth", "back-api", "back-websockets"):
            assert_message(served[service], STREAM, "SessionEnded", entry)


def test_a_parked_event_is_reported_as_in_the_document(
    api: httpx.Client, admin: Person, secrets_root: Path, served: dict[str, Json]
) -> None:
    event = unsupported_event()
    with subscribers.redis(secrets_root) as store:
        before = subscribers.last_id(store, PARKED)
        publish(secrets_root, event)
        (letter,) = eventually(lambda: dead_letters(api, admin, "aside", event["id"]), "the letter")
        kept = [entry for entry in subscribers.entries(store, PARKED, before) if event["id"] in entry["event"]]
    for entry in kept:
        assert_message(served["back-workers"], PARKED, "DeadLetterEntry", entry)
        assert_message(served["back-api"], PARKED, "DeadLetterEntry", entry)
    assert letter["group"] in {entry["group"] for entry in kept}
    api.delete(f"/api/events/dead-letters/{letter['id']}", params={"kind": "aside"}, headers=admin.headers)
