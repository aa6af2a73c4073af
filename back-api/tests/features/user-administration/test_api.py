from collections.abc import Callable
from typing import Any

import httpx
import pytest
from tests.callers import ANN, BOB
from tests.conftest import Peers
from tests.peers.rows import now

from shared.utils.ids import new_id

Headers = Callable[..., dict[str, str]]


@pytest.fixture(autouse=True)
def accounts(peers: Peers) -> None:
    for user_id, name in ((ANN, "ann"), (BOB, "bob")):
        user: dict[str, Any] = {"id": user_id, "email": f"{name}@example.com", "role": "user", "created_at": now()}
        peers.postgres.user_rows[user_id] = user


@pytest.mark.parametrize(("role", "status"), [("user", 403), ("billing-admin", 200), ("support", 200), ("admin", 200)])
async def test_only_who_may_read_users_sees_them(
    api: httpx.AsyncClient, as_user: Headers, role: str, status: int
) -> None:
    for path in ("/api/users", f"/api/users/{BOB}"):
        assert (await api.get(path, headers=as_user(ANN, role))).status_code == status


async def test_accounts_are_searched(api: httpx.AsyncClient, as_user: Headers) -> None:
    found = await api.get("/api/users", params={"q": " bob ", "limit": 1}, headers=as_user(ANN, "support"))
    assert [user["email"] for user in found.json()["items"]] == ["bob@example.com"]


async def test_filters_and_order_reach_the_store_as_they_were_sent(
    api: httpx.AsyncClient, as_user: Headers, peers: Peers
) -> None:
    query = {"role": "admin", "plan": "pro", "verified": "false", "sort": "-name", "count": "true", "limit": "5"}
    assert (await api.get("/api/users", params=query, headers=as_user(ANN, "admin"))).status_code == 200
    assert peers.postgres.user_query == query


async def test_who_has_no_subscription_is_on_the_free_plan(
    api: httpx.AsyncClient, as_user: Headers, peers: Peers
) -> None:
    await api.get("/api/users", params={"plan": "free", "q": " "}, headers=as_user(ANN, "admin"))
    assert peers.postgres.user_query == {"plan": "free", "without_subscription": "true"}


@pytest.mark.parametrize(
    "query",
    [{"role": "root"}, {"status": "gone"}, {"plan": "gold"}, {"verified": "1"}, {"sort": "id"}, {"count": "yes"}],
)
async def test_a_filter_that_there_is_not_is_named(
    api: httpx.AsyncClient, as_user: Headers, query: dict[str, str]
) -> None:
    refused = await api.get("/api/users", params=query, headers=as_user(ANN, "admin"))
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == list(query)


async def test_an_account_that_is_not_there_is_not_found(api: httpx.AsyncClient, as_user: Headers) -> None:
    for user_id in (new_id(), "42", "..%2f..%2fhealth"):
        assert (await api.get(f"/api/users/{user_id}", headers=as_user(ANN, "admin"))).status_code == 404


async def test_everybody_sees_their_own_account(api: httpx.AsyncClient, as_user: Headers) -> None:
    assert (await api.get("/api/me", headers=as_user(BOB))).json()["user"]["email"] == "bob@example.com"
    assert (await api.get("/api/me", headers=as_user(new_id()))).status_code == 404
