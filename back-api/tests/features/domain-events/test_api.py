"""`/api/events` over a back-redis that answers what the test says; what the store really does is tested in back-redis."""

import json
from collections.abc import Callable

import httpx
import pytest
from tests.callers import ANN
from tests.conftest import Peers

Headers = Callable[..., dict[str, str]]
LETTER = "1700000000000-0"
READS = ["/api/events/streams", "/api/events/recent", "/api/events/dead-letters"]
WRITES = [
    ("POST", f"/api/events/dead-letters/{LETTER}/replay", None),
    ("DELETE", f"/api/events/dead-letters/{LETTER}", None),
    ("POST", "/api/events/replays", {"group": "mail", "stream": "events:user"}),
]


@pytest.mark.parametrize(("role", "status"), [("user", 403), ("billing-admin", 403), ("support", 200), ("admin", 200)])
async def test_support_and_administrators_look(
    api: httpx.AsyncClient, as_user: Headers, peers: Peers, role: str, status: int
) -> None:
    for path in READS:
        assert (await api.get(path, headers=as_user(ANN, role))).status_code == status


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
async def test_administrators_alone_replay_and_discard(
    api: httpx.AsyncClient, as_user: Headers, method: str, path: str, body: object
) -> None:
    assert (await api.request(method, path, json=body, headers=as_user(ANN, "support"))).status_code == 403
    assert (await api.request(method, path, json=body, headers=as_user(ANN, "admin"))).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"/api/events/streams/events:user/{LETTER}",
        "/api/events/streams/events:user/x",
        f"/api/events/streams/events:dead/{LETTER}",
        f"/api/events/dead-letters/{LETTER}",
        "/api/events/dead-letters/x?kind=waiting",
        "/api/events/dead-letters/x?kind=unsent",
    ],
)
async def test_what_is_gone_is_not_found_by_who_may_look(api: httpx.AsyncClient, as_user: Headers, path: str) -> None:
    assert (await api.get(path, headers=as_user(ANN, "billing-admin"))).status_code == 403
    assert (await api.get(path, headers=as_user(ANN, "support"))).status_code == 404


async def test_the_figures_of_streams_and_outbox_come_together(
    api: httpx.AsyncClient, as_user: Headers, peers: Peers
) -> None:
    peers.redis.streams = {"events:user": [(LETTER, {"event": "{}"})]}
    body = (await api.get("/api/events/streams", headers=as_user(ANN, "support"))).json()
    assert body == {
        "streams": [{"name": "events:user", "length": 1, "last_at": "2023-11-14T22:13:20Z", "groups": []}],
        "outbox": {"pending": 3, "oldest_seconds": 1.5, "dead": 0},
        "dead_letters": 0,
        "aside": 0,
        "waiting": 0,
        "memory": {"used_bytes": 25, "limit_bytes": 100},
    }


@pytest.mark.parametrize(
    "path",
    [
        "/api/events/recent?stream=events:dead",
        "/api/events/recent?limit=0",
        f"/api/events/dead-letters/{LETTER}?kind=alive",
        "/api/events/dead-letters?kind=alive",
        "/api/events/dead-letters?cursor=x",
    ],
)
async def test_what_does_not_exist_is_refused(api: httpx.AsyncClient, as_user: Headers, path: str) -> None:
    assert (await api.get(path, headers=as_user(ANN, "admin"))).status_code == 422


async def test_a_replay_names_a_stream_of_events_and_an_entry(api: httpx.AsyncClient, as_user: Headers) -> None:
    for wrong in ({"stream": "events:dead"}, {"stream": "revoked:sessions"}, {"from_id": "("}):
        body = {"group": "mail", "stream": "events:user"} | wrong
        answer = await api.post("/api/events/replays", json=body, headers=as_user(ANN, "admin"))
        assert answer.status_code == 422, body


async def test_without_back_redis_the_rest_says_so(api: httpx.AsyncClient, as_user: Headers, peers: Peers) -> None:
    peers.redis.down = True
    answer = await api.get("/api/events/recent", headers=as_user(ANN, "admin"))
    assert (answer.status_code, answer.json()["detail"]) == (
        503,
        "The events are not available right now. Try again in a moment.",
    )


@pytest.mark.parametrize(
    ("method", "suffix", "action"),
    [("POST", "/replay", "event.letter_replayed"), ("DELETE", "", "event.letter_discarded")],
)
async def test_who_replays_or_discards_is_published_in_the_same_transaction(
    api: httpx.AsyncClient, as_user: Headers, peers: Peers, method: str, suffix: str, action: str
) -> None:
    original = {"id": "e1", "type": "user.registered", "aggregate_id": "u1", "occurred_at": "2026-11-23T12:00:00Z"}
    fields = {"event": json.dumps(original | {"data": {}}), "stream": "events:user", "entry": "1-0", "group": "mail"}
    peers.redis.streams["events:dead"] = [(LETTER, fields | {"error": "boom"})]
    answer = await api.request(method, f"/api/events/dead-letters/{LETTER}{suffix}", headers=as_user(ANN, "admin"))
    assert answer.status_code == 204
    (commands,) = peers.redis.transactions
    assert ("XDEL", "events:dead", LETTER) in commands
    command, stream, *_, text = commands[-1]
    event = json.loads(text)
    assert (command, stream, event["type"], event["data"]["actor_id"]) == ("XADD", "events:event", action, ANN)
    letter = {"id": LETTER, "kind": "dead", "group": "mail", "stream": "events:user"}
    assert event["data"]["letter"] == letter | {"held_type": "user.registered", "held_id": "e1"}
    assert event["correlation_id"] == answer.headers["x-correlation-id"]


async def test_an_event_that_waits_is_listed_and_discarded_and_not_replayed(
    api: httpx.AsyncClient, as_user: Headers, peers: Peers
) -> None:
    fields = {"event": "{}", "stream": "events:user", "entry": "1-0", "group": "mail", "error": "waits for mail"}
    peers.redis.streams["events:waiting"] = [(LETTER, fields)]
    headers = as_user(ANN, "admin")
    (letter,) = (await api.get("/api/events/dead-letters?kind=waiting", headers=headers)).json()["items"]
    assert (letter["id"], letter["kind"], letter["error"]) == (LETTER, "waiting", "waits for mail")
    path = f"/api/events/dead-letters/{LETTER}"
    assert (await api.get(f"{path}?kind=waiting", headers=headers)).json() == letter
    refused = await api.post(f"{path}/replay?kind=waiting", headers=headers)
    assert (refused.status_code, "tried again by itself" in refused.json()["detail"]) == (409, True)
    assert (await api.delete(f"{path}?kind=waiting", headers=headers)).status_code == 204
    (commands,) = peers.redis.transactions
    assert ("XDEL", "events:waiting", LETTER) in commands
    assert ("SADD", "events:discarded", "mail events:user 1-0") in commands


async def test_several_are_discarded_at_once_and_those_that_are_gone_are_counted(
    api: httpx.AsyncClient, as_user: Headers, peers: Peers
) -> None:
    fields = {
        "event": "{}",
        "stream": "events:user",
        "entry": "1-0",
        "group": "mail",
        "error": "No.",
        "deliveries": "5",
    }
    peers.redis.streams = {"events:dead": [(LETTER, fields)]}
    body = {"change": "discard", "kind": "dead", "ids": [LETTER, LETTER]}
    path = "/api/events/dead-letters/changes"
    assert (await api.post(path, json=body, headers=as_user(ANN, "support"))).status_code == 403
    answer = await api.post(path, json=body, headers=as_user(ANN, "admin"))
    assert answer.json() == {"changed": 1, "missing": 0}
    peers.redis.streams = {}
    gone = await api.post(path, json=body, headers=as_user(ANN, "admin"))
    assert gone.json() == {"changed": 0, "missing": 1}


@pytest.mark.parametrize("change", [{"ids": []}, {"ids": ["1"] * 101}, {"change": "burn"}, {"kind": "alive"}, {"x": 1}])
async def test_changes_that_do_not_fit_are_refused(
    api: httpx.AsyncClient, as_user: Headers, change: dict[str, object]
) -> None:
    body = {"change": "replay", "kind": "dead", "ids": [LETTER]} | change
    refused = await api.post("/api/events/dead-letters/changes", json=body, headers=as_user(ANN, "admin"))
    assert refused.status_code == 422
