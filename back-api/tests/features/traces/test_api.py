from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.callers import ANN
from tests.conftest import Peers
from tests.peers.rows import now

Headers = Callable[..., dict[str, str]]
KNOWN = "request-1"


@pytest.fixture(autouse=True)
def trace(peers: Peers) -> None:
    span: dict[str, Any] = {"id": "1", "service": "back-api", "name": "GET /api/profile", "kind": "server"}
    peers.cassandra.traces[KNOWN] = [span | {"started_at": now(), "duration_ms": 3.5, "failed": True}]


@pytest.mark.parametrize(("role", "status"), [("user", 403), ("billing-admin", 403), ("support", 200), ("admin", 200)])
async def test_only_who_may_read_traces_sees_them(
    api: httpx.AsyncClient, as_user: Headers, role: str, status: int
) -> None:
    for path in ("/api/traces", f"/api/traces/{KNOWN}"):
        assert (await api.get(path, headers=as_user(ANN, role))).status_code == status


async def test_the_list_passes_its_filters_on(api: httpx.AsyncClient, as_user: Headers, peers: Peers) -> None:
    params = {"failed": "true", "slower_than_ms": 200, "service": "back-api", "name": "users", "limit": 5}
    found = await api.get("/api/traces", params=params, headers=as_user(ANN, "support"))
    assert [item["correlation_id"] for item in found.json()["items"]] == [KNOWN]
    assert peers.cassandra.asked == {name: str(value) for name, value in params.items()}
    await api.get("/api/traces", headers=as_user(ANN, "support"))
    assert peers.cassandra.asked == {}


async def test_noise_is_left_out_by_name(api: httpx.AsyncClient, as_user: Headers, peers: Peers) -> None:
    await api.get("/api/traces", params={"noise": "false"}, headers=as_user(ANN, "support"))
    assert "WS " in peers.cassandra.asked["without"].split(",")


@pytest.mark.parametrize(
    "params", [{"limit": 101}, {"failed": "maybe"}, {"slower_than_ms": -1}, {"noise": "no"}, {"name": "x" * 101}]
)
async def test_a_filter_that_is_none_is_refused(
    api: httpx.AsyncClient, as_user: Headers, params: dict[str, Any]
) -> None:
    assert (await api.get("/api/traces", params=params, headers=as_user(ANN, "support"))).status_code == 422


@pytest.mark.parametrize("unknown", [str(uuid4()), "short", "with%20space", "x" * 65])
async def test_an_unknown_id_says_how_long_spans_are_kept(
    api: httpx.AsyncClient, as_user: Headers, unknown: str
) -> None:
    answer = await api.get(f"/api/traces/{unknown}", headers=as_user(ANN, "support"))
    assert answer.status_code == 404
    assert "kept for a day" in answer.json()["detail"]


async def test_without_the_store_the_traces_are_missed_by_name(
    api: httpx.AsyncClient, as_user: Headers, peers: Peers
) -> None:
    peers.cassandra.down = True
    answer = await api.get("/api/traces", headers=as_user(ANN, "support"))
    assert (answer.status_code, answer.json()["dependency"]) == (503, "back-cassandra")
    assert "traces" in answer.json()["detail"]
