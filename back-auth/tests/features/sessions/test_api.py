import httpx
import pytest

from shared.utils.ids import new_id
from tests.conftest import CHEAP_HASH, PASSWORD, Peers


async def headers_of(
    api: httpx.AsyncClient, email: str = "ann@example.com", browser: str = "Firefox"
) -> dict[str, str]:
    body = {"email": email, "password": PASSWORD}
    answer = await api.post("/api/auth/login", json=body, headers={"User-Agent": browser})
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def test_own_sessions_are_listed_and_the_current_one_marked(api: httpx.AsyncClient, peers: Peers) -> None:
    peers.postgres.add("bob@example.com", CHEAP_HASH)
    await headers_of(api, "bob@example.com")
    await headers_of(api, browser="Chrome")
    mine = await headers_of(api)
    sessions = (await api.get("/api/auth/sessions", headers=mine)).json()["items"]
    assert [(s["user_agent"], s["current"]) for s in sessions] == [("Firefox", True), ("Chrome", False)]


async def test_ended_session_is_gone_and_refused(api: httpx.AsyncClient) -> None:
    old = await headers_of(api)
    mine = await headers_of(api)
    sessions = (await api.get("/api/auth/sessions", headers=mine)).json()["items"]
    [other] = [s["id"] for s in sessions if not s["current"]]
    assert (await api.delete(f"/api/auth/sessions/{other}", headers=mine)).status_code == 204
    assert (await api.delete(f"/api/auth/sessions/{other}", headers=mine)).status_code == 404
    assert len((await api.get("/api/auth/sessions", headers=mine)).json()["items"]) == 1
    assert (await api.get("/api/auth/sessions", headers=old)).status_code == 401


async def test_nobody_can_end_anothers_session(api: httpx.AsyncClient, peers: Peers) -> None:
    peers.postgres.add("bob@example.com", CHEAP_HASH)
    bob = await headers_of(api, "bob@example.com")
    ann = await headers_of(api)
    [session] = (await api.get("/api/auth/sessions", headers=bob)).json()["items"]
    assert (await api.delete(f"/api/auth/sessions/{session['id']}", headers=ann)).status_code == 404
    assert (await api.get("/api/auth/sessions", headers=bob)).status_code == 200


@pytest.mark.parametrize("session_id", ["x", "%00", "..%2fx", "*", "a" * 3000, new_id()])
async def test_what_is_no_session_is_not_found(api: httpx.AsyncClient, session_id: str) -> None:
    answer = await api.delete(f"/api/auth/sessions/{session_id}", headers=await headers_of(api))
    assert answer.status_code == 404


async def test_own_sign_ins_come_from_back_cassandra(api: httpx.AsyncClient, peers: Peers) -> None:
    mine = await headers_of(api)
    event = {"id": new_id(), "user_id": peers.user_id, "outcome": "succeeded", "occurred_at": "2026-11-23T08:00:00Z"}
    peers.cassandra.events[peers.user_id] = [event]
    page = (await api.get("/api/auth/login-events?limit=5&cursor=abc", headers=mine)).json()
    assert ([e["id"] for e in page["items"]], page["next_cursor"]) == ([event["id"]], "abc")
    assert peers.cassandra.calls == [f"GET /internal/login-events/{peers.user_id}"]


async def test_without_back_cassandra_only_the_sign_ins_are_missing(api: httpx.AsyncClient, peers: Peers) -> None:
    mine = await headers_of(api)
    peers.cassandra.down = True
    answer = await api.get("/api/auth/login-events", headers=mine)
    assert (answer.status_code, answer.json()["dependency"]) == (503, "back-cassandra")
    assert (await api.get("/api/auth/sessions", headers=mine)).status_code == 200


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "cursor=a%00b", "cursor=" + "x" * 501])
async def test_wrong_query(api: httpx.AsyncClient, query: str) -> None:
    answer = await api.get(f"/api/auth/login-events?{query}", headers=await headers_of(api))
    assert answer.status_code == 422


async def test_while_its_flag_is_off_the_feature_is_not_there(peers: Peers) -> None:
    flag = {"name": "sessions", "version": 1, "enabled": False, "owner": "team-tools", "expires_on": "2027-05-31"}
    peers.flags.events["feature-flags"] = [flag]
    async with peers.api() as api:
        mine = await headers_of(api)
        for path in ("/api/auth/sessions", "/api/auth/login-events"):
            gone = await api.get(path, headers=mine)
            assert (gone.status_code, gone.headers["content-type"]) == (404, "application/problem+json")
