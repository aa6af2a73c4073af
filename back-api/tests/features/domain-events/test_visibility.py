"""What support sees of events, and that nothing is shown which nobody declared."""

import json
from collections.abc import Callable, Iterator

import httpx
import pytest
from pydantic import BaseModel
from tests.callers import ANN
from tests.conftest import Peers

from shared.models.event_data import EVENT_DATA
from shared.models.events import EventData

Headers = Callable[..., dict[str, str]]
FORMS = sorted(EVENT_DATA.values(), key=lambda form: form.event_type)
LOGIN = {
    "id": "e1",
    "type": "login.recorded",
    "aggregate_id": ANN,
    "user_id": ANN,
    "occurred_at": "2026-11-23T12:00:00Z",
    "data": {"id": "e1", "user_id": ANN, "outcome": "succeeded", "ip": "203.0.113.5", "user_agent": "Firefox",
             "session_id": "secret-session", "occurred_at": "2026-11-23T12:00:00Z", "invented": "hidden"},
}  # fmt: skip
REPLAYED = LOGIN | {"id": "e2", "type": "event.stream_replayed", "data": {"actor_id": "an-administrator"}}


def paths(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Of the fields of `model`, those of models in it among them."""
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from paths(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_field_of_an_event_is_declared_open_or_restricted(form: type[EventData]) -> None:
    if form.administrative:
        assert not form.is_shown()
        return
    assert form.is_shown(), f"say which fields of {form.__name__} are `shown` and which `hidden`"
    assert not form.fields_shown & form.fields_hidden
    assert form.fields_shown | form.fields_hidden == set(paths(form)), "each field is `shown` or `hidden`"


@pytest.fixture
def stored(peers: Peers) -> Peers:
    peers.redis.streams = {
        "events:login": [("1700000000000-0", {"event": json.dumps(LOGIN)})],
        "events:event": [("1700000000001-0", {"event": json.dumps(REPLAYED)})],
        "events:dead": [
            (
                "1700000000002-0",
                {"event": json.dumps(LOGIN), "stream": "events:login", "entry": "1-0", "group": "mail",
                 "error": "ValueError: 203.0.113.5 is odd"},
            )
        ],
    }  # fmt: skip
    return peers


async def test_support_sees_events_without_sessions_addresses_and_acts_of_admins(
    api: httpx.AsyncClient, as_user: Headers, stored: Peers
) -> None:
    recent = await api.get("/api/events/recent", headers=as_user(ANN, "support"))
    assert [item["event"]["type"] for item in recent.json()["items"]] == ["login.recorded"]
    data = recent.json()["items"][0]["event"]["data"]
    assert sorted(data) == ["id", "occurred_at", "outcome", "user_id"]
    dead_letters = await api.get("/api/events/dead-letters", headers=as_user(ANN, "support"))
    assert dead_letters.json()["items"][0]["error"] == "ValueError"
    asked = await api.get("/api/events/recent?stream=events:event", headers=as_user(ANN, "support"))
    for answer in (recent, dead_letters, asked):
        for hidden in ("secret-session", "203.0.113.5", "Firefox", "an-administrator", "invented"):
            assert hidden not in answer.text


async def test_administrators_see_all(api: httpx.AsyncClient, as_user: Headers, stored: Peers) -> None:
    recent = (await api.get("/api/events/recent", headers=as_user(ANN, "admin"))).json()["items"]
    assert {item["event"]["type"] for item in recent} == {"login.recorded", "event.stream_replayed"}
    dead_letters = await api.get("/api/events/dead-letters", headers=as_user(ANN, "admin"))
    assert "secret-session" in dead_letters.text


async def test_one_event_shows_the_same_as_the_list_with_its_letters(
    api: httpx.AsyncClient, as_user: Headers, stored: Peers
) -> None:
    path = "/api/events/streams/events:login/1700000000000-0"
    seen = await api.get(path, headers=as_user(ANN, "support"))
    assert sorted(seen.json()["event"]["data"]) == ["id", "occurred_at", "outcome", "user_id"]
    assert [(letter["kind"], letter["error"]) for letter in seen.json()["dead_letters"]] == [("dead", "ValueError")]
    letter = await api.get("/api/events/dead-letters/1700000000002-0", headers=as_user(ANN, "support"))
    assert letter.json() == seen.json()["dead_letters"][0]
    for answer in (seen, letter):
        assert "secret-session" not in answer.text
    assert "secret-session" in (await api.get(path, headers=as_user(ANN, "admin"))).text


async def test_an_act_of_an_administrator_is_not_there_for_support(
    api: httpx.AsyncClient, as_user: Headers, stored: Peers
) -> None:
    path = "/api/events/streams/events:event/1700000000001-0"
    assert (await api.get(path, headers=as_user(ANN, "support"))).status_code == 404
    assert (await api.get(path, headers=as_user(ANN, "admin"))).status_code == 200
