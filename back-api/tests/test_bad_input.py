"""Every endpoint answers bad input with a 4xx problem: never a 500, never with somebody's data."""

import json
from collections.abc import AsyncGenerator, Callable
from typing import Any

import httpx
import pytest
from tests.callers import ANN, Callers
from tests.conftest import Peers

from shared.contracts.allowed_callers import endpoints_of
from shared.utils.ids import new_id
from tests.contract_bodies import PARAMETER, Body, bodies, filled

Headers = Callable[..., dict[str, str]]
ANYTHING = "01989a4e-0000-7000-8000-000000000001"
WITH_BODY = bodies("back-api")
CONTRACTED = [endpoint for endpoint in endpoints_of("back-api") if not endpoint.path.startswith("/internal/")]
"""Lists of endpoints are those of the contracts: a new one is tried without a line here."""
OTHER_IDS = {"letter_id", "entry_id", "correlation_id"}
"""Not ids of ours: any text may be one."""


def with_anything(path: str) -> str:
    """`path` with something for each parameter."""
    return filled(path, lambda _: ANYTHING)


LISTS = [
    with_anything(endpoint.path) for endpoint in CONTRACTED if endpoint.method == "GET" and "cursor" in endpoint.query
]
BY_ID = [
    (endpoint.method, PARAMETER.sub("{}", endpoint.path))
    for endpoint in CONTRACTED
    if (names := set(PARAMETER.findall(endpoint.path))) and not names & OTHER_IDS
]
PRIVATE = [(endpoint.method, with_anything(endpoint.path)) for endpoint in CONTRACTED if endpoint.auth == "user"]
WRONG: list[Any] = [1, True, [], {}, 1e400, "x\x00y", "\ud800", "x" * 60_000, -1, "", " "]


@pytest.fixture
def boss(as_user: Headers) -> dict[str, str]:
    return as_user(ANN, "admin") | {"Idempotency-Key": "key-1"}


def check_problem(answer: httpx.Response, *statuses: int) -> None:
    assert answer.status_code in statuses, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["type"].startswith("urn:tools-dashboard:problem:")
    assert problem["correlation_id"] == answer.headers["x-correlation-id"]
    assert "Traceback" not in answer.text


async def send(api: httpx.AsyncClient, body: Body, **request: Any) -> httpx.Response:
    return await api.request(body.endpoint.method, with_anything(body.endpoint.path), **request)


@pytest.mark.parametrize("body", WITH_BODY, ids=lambda body: body.endpoint.key)
class TestBody:
    @pytest.mark.parametrize("text", [b"{", b"nul", b'{"a":}', b"\xff\xfe", b"[" * 50_000, b'{"name": "x'])
    async def test_malformed(self, api: httpx.AsyncClient, boss: dict[str, str], body: Body, text: bytes) -> None:
        headers = {**boss, "Content-Type": "application/json"}
        check_problem(await send(api, body, content=text, headers=headers), 400)

    @pytest.mark.parametrize("value", [None, 1, "text", True, [], [1], [[]]])
    async def test_no_object(self, api: httpx.AsyncClient, boss: dict[str, str], body: Body, value: Any) -> None:
        check_problem(await send(api, body, json=value, headers=boss), 422)

    async def test_unknown_field(self, api: httpx.AsyncClient, boss: dict[str, str], body: Body) -> None:
        for extra in ("unknown", "user_id", "role", "version", "__proto__", "a\x00b"):
            check_problem(await send(api, body, json=body.good | {extra: 1}, headers=boss), 422)

    @pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
    async def test_wrong_content_type(
        self, api: httpx.AsyncClient, boss: dict[str, str], body: Body, content_type: str
    ) -> None:
        headers = {**boss, "Content-Type": content_type}
        check_problem(await send(api, body, content=json.dumps(body.good), headers=headers), 415, 422)

    async def test_too_large(self, api: httpx.AsyncClient, boss: dict[str, str], body: Body) -> None:
        async def chunks() -> AsyncGenerator[bytes]:
            for _ in range(80):
                yield b" " * 65_536

        headers = {**boss, "Content-Type": "application/json"}
        check_problem(await send(api, body, content=b" " * 5_000_000, headers=headers), 413)
        check_problem(await send(api, body, content=chunks(), headers=headers), 413)

    async def test_wrong_values(self, api: httpx.AsyncClient, boss: dict[str, str], peers: Peers, body: Body) -> None:
        headers = {**boss, "Content-Type": "application/json"}
        for wrong in (body.good | {field: value} for field in body.fields for value in WRONG):
            if not body.takes(wrong):
                check_problem(await send(api, body, content=json.dumps(wrong), headers=headers), 400, 422)
        assert [call for call in peers.postgres.calls if "GET" not in call] == []


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=-1", "limit=x", "limit=", "limit=1e3", "limit=99999999999999999999",
     "cursor=a%00b", "cursor=" + "x" * 501],
)  # fmt: skip
async def test_wrong_query(api: httpx.AsyncClient, boss: dict[str, str], path: str, query: str) -> None:
    check_problem(await api.get(f"{path}?{query}", headers=boss), 422)


@pytest.mark.parametrize("query", ["unread=perhaps", "unread="])
async def test_wrong_flag(api: httpx.AsyncClient, boss: dict[str, str], query: str) -> None:
    check_problem(await api.get(f"/api/notifications?{query}", headers=boss), 422)


@pytest.mark.parametrize("q", ["x" * 101, "a%00b"])
async def test_wrong_search(api: httpx.AsyncClient, boss: dict[str, str], q: str) -> None:
    check_problem(await api.get(f"/api/users?q={q}", headers=boss), 422)


@pytest.mark.parametrize(("method", "path"), BY_ID)
@pytest.mark.parametrize("id_", ["1", "x", "%00", "a%00b", "%2e%2e", "' OR 1=1--", "x" * 5000, "ü", "{}"])
async def test_a_malformed_id_is_not_found(
    api: httpx.AsyncClient, boss: dict[str, str], peers: Peers, method: str, path: str, id_: str
) -> None:
    check_problem(await api.request(method, path.format(id_), headers=boss), 404)
    assert peers.postgres.calls == []


@pytest.mark.parametrize(("method", "path"), BY_ID)
async def test_an_id_of_nothing_is_not_found(
    api: httpx.AsyncClient, boss: dict[str, str], method: str, path: str
) -> None:
    check_problem(await api.request(method, path.format(new_id()), headers=boss), 404)


@pytest.mark.parametrize(("method", "path"), PRIVATE)
async def test_without_a_valid_token_nothing_is_read(
    api: httpx.AsyncClient, callers: Callers, peers: Peers, method: str, path: str
) -> None:
    authorizations = [None, "", "Bearer", "Bearer ", "Basic YTpi", f"Token {callers.token()}", "Bearer " + "x" * 9000]
    authorizations += [f"Bearer {token}" for token in callers.bad_tokens().values()]
    for authorization in authorizations:
        headers = {} if authorization is None else {"Authorization": authorization}
        answer = await api.request(method, path, headers=headers)
        check_problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert peers.postgres.calls + peers.cassandra.calls == []


async def test_a_revoked_session_is_refused_at_once(api: httpx.AsyncClient, as_user: Headers, peers: Peers) -> None:
    headers = as_user(session_id="ended")
    assert (await api.get("/api/profile", headers=headers)).status_code == 404
    peers.revocations.revoked.add("ended")
    check_problem(await api.get("/api/profile", headers=headers), 401)


async def test_unknown_paths_and_methods(api: httpx.AsyncClient, boss: dict[str, str]) -> None:
    check_problem(await api.get("/api/nothing", headers=boss), 404)
    check_problem(await api.put("/api/profile", headers=boss), 405)
