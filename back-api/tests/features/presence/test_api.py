import time
from collections.abc import Callable

import httpx
from tests.callers import ANN, BOB
from tests.conftest import Peers

Headers = Callable[..., dict[str, str]]


async def test_who_is_connected_is_shown_to_whoever_may_see_users(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    peers.redis.online |= {BOB: time.time() + 20, "other": time.time() + 20, ANN: time.time() - 1}
    answer = await api.get("/api/presence", params={"user_id": [ANN, BOB]}, headers=as_user(role="support"))
    assert answer.json() == {"online": [BOB], "total": 2}
    assert (await api.get("/api/presence", headers=as_user(role="support"))).json() == {"online": [], "total": 2}


async def test_nobody_else_is_notified(api: httpx.AsyncClient, as_user: Headers) -> None:
    assert (await api.get("/api/presence")).status_code == 401
    assert (await api.get("/api/presence", headers=as_user())).status_code == 403


async def test_more_than_a_hundred_are_too_many(api: httpx.AsyncClient, as_user: Headers) -> None:
    users = {"user_id": [str(number) for number in range(101)]}
    assert (await api.get("/api/presence", params=users, headers=as_user(role="support"))).status_code == 422


async def test_without_back_redis_it_says_so(api: httpx.AsyncClient, peers: Peers, as_user: Headers) -> None:
    peers.redis.down = True
    answer = await api.get("/api/presence", headers=as_user(role="support"))
    assert (answer.status_code, answer.json()["dependency"]) == (503, "back-redis")
