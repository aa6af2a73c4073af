"""What the services serve at `/asyncapi.json` is what really travels: at sockets, in streams, between the services."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from back_redis.live_envelope import live_channel, unpack
from back_redis.revocations import STREAM
from back_redis.streams import PARKED
from shared.models.event_data import EVENT_DATA, streams
from shared.models.live_data import LIVE_DATA
from stack import settings
from tests.contracts.asyncapi import assert_message, committed, services
from tests.integration import subscribers
from tests.integration.conftest import Person, register, verify_email
from tests.integration.happenings import Actors, everything
from tests.integration.test_events import TO_COME, dead_letters, unsupported_event
from tests.streams import publish
from tests.waiting import eventually
from tooling.paths import ROOT

Json = dict[str, Any]
LIVE = frozenset(LIVE_DATA)
PROGRESS = {"task.progress"}
"""What comes to whoever asked for it, an administrator here."""


@dataclass
class Observed:
    """What `actors` caused: `published` of the channel of the person's shard, fields by stream."""

    actors: Actors
    published: list[str] = field(default_factory=list[str])
    entries: dict[str, list[dict[str, str]]] = field(default_factory=dict[str, list[dict[str, str]]])

    @property
    def received(self) -> list[Json]:
        """Live messages, as they came to somebody and to an administrator."""
        return [*self.actors.own, *self.actors.admins]

    def missing(self) -> set[str]:
        """The types of events and live messages that did not come so far."""
        kinds = {event["type"] for _, event in self.events()}
        return {kind for kind, _ in EVENT_DATA} - kinds | LIVE - {message["type"] for message in self.received}

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
    verify_email(api, mail, person.email)
    user_id = api.get("/api/me", headers=person.headers).json()["user"]["id"]
    names = [*streams(), STREAM]
    with (
        subscribers.redis(secrets_root) as store,
        subscribers.channel(store, live_channel(user_id)) as messages,
        subscribers.socket(public_url, person) as own,
        subscribers.socket(public_url, admin) as admins,
    ):
        before = {name: subscribers.last_id(store, name) for name in names}
        found = Observed(Actors(api, mail, person, admin, secrets_root, own, admins))
        everything(found.actors)

        def all_is_there() -> bool:
            found.entries = {name: subscribers.entries(store, name, before[name]) for name in names}
            return not found.missing()

        _wait(all_is_there, found)
        found.published = messages()
    return found


def _wait(all_is_there: Callable[[], bool], found: Observed) -> None:
    try:
        eventually(all_is_there, "each event in its stream, and each live message at a socket")
    except AssertionError as late:
        missing = ", ".join(sorted(found.missing()))
        pytest.fail(f"{late}. Nothing brought {missing}: make it happen in tests/integration/happenings/<feature>.py")


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
    assert {message["type"] for message in observed.received} == LIVE
    for message in observed.received:
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
    assert {each.type for each in addressed} >= LIVE - PROGRESS
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
