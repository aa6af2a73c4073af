from collections.abc import Callable

import pytest

from back_redis.connection import RedisConnection
from back_redis.presence import KEY, Presence

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]


async def test_those_confirmed_are_online_until_their_time_is_over(connect: Connect) -> None:
    confirming = Presence(connect("back-websockets"))
    asking = Presence(connect("back-api"))
    users = [f"user-{number}" for number in range(1200)]
    await confirming.heartbeat(users)
    assert await asking.online(["user-7", "nobody", "user-1199"]) == ["user-7", "user-1199"]
    assert (await asking.total(), await asking.online([])) == (1200, [])
    await connect("tests").call("ZADD", KEY, 1, "user-7", 1, "user-8")
    assert (await asking.online(["user-7"]), await asking.total()) == ([], 1198)
    await confirming.heartbeat(["user-7"])
    assert await asking.online(["user-7", "user-8"]) == ["user-7"]
    assert await connect("tests").call("ZSCORE", KEY, "user-8") is None
    assert 0 < await connect("tests").call("TTL", KEY) <= 100


async def test_a_replica_whose_clock_is_behind_takes_nobody_out(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    presence = Presence(connect("back-websockets"))
    await presence.heartbeat(["ann"])
    score = await connect("tests").call("ZSCORE", KEY, "ann")
    monkeypatch.setattr("back_redis.presence.TTL_SECONDS", 20)
    await presence.heartbeat(["ann"])
    assert await connect("tests").call("ZSCORE", KEY, "ann") == score
