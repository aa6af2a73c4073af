"""A server that is full: sessions still end, attempts still count, and the alarm came first."""

from collections.abc import Callable, Generator
from contextlib import suppress
from itertools import count
from typing import Any

import pytest
from redis.exceptions import OutOfMemoryError

from back_redis.cache import Cache
from back_redis.connection import RedisConnection
from back_redis.memory import check_room, memory_of
from back_redis.rate_limits import CountedAttempt, Limit, RateLimiter
from back_redis.sessions import SessionStore
from back_redis.streams import StreamWriter
from back_redis.tests.server import RedisServer
from back_redis.tests.test_consumers import event
from shared.models.problem import Problem
from shared.utils.errors import TooManyRequests, Unavailable

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]
LIMIT_BYTES = 8 * 1024 * 1024


@pytest.fixture
def fill(server: RedisServer) -> Generator[Callable[[], None]]:
    """Fills the server until it takes not a single byte more."""
    with server.administrator() as administrator:
        redis: Any = administrator
        whole = redis.config_get("maxmemory")["maxmemory"]

        def fill() -> None:
            redis.config_set("maxmemory", LIMIT_BYTES)
            for size in (64 * 1024, 256, 1):
                with suppress(OutOfMemoryError):
                    for number in count():
                        redis.set(f"junk:{size}:{number}", "x" * size)

        yield fill
        redis.config_set("maxmemory", whole)


async def revoked(connect: Connect) -> list[str]:
    return [fields["sid"] for _, fields in await connect("tests").call("XRANGE", "revoked:sessions", "-", "+")]


async def test_on_a_full_server_sessions_are_opened_renewed_and_ended(
    connect: Connect, fill: Callable[[], None]
) -> None:
    store = SessionStore(connect("back-auth"), b"k" * 32)
    one, two, three = [await store.open("u1", role="user", ip="", user_agent="") for _ in range(3)]
    fill()
    await store.close(one.refresh_token)
    assert await store.revoke("u1", two.session_id)
    renewed = await store.rotate(three.refresh_token, role="user")
    assert renewed.outcome == "rotated"
    await store.open("u1", role="user", ip="", user_agent="")
    assert len(await store.list_sessions("u1")) == 2
    await store.revoke_all("u1")
    assert await store.list_sessions("u1") == []
    assert (await store.rotate(renewed.refresh_token, role="user")).outcome == "unknown"
    assert {one.session_id, two.session_id, three.session_id} < set(await revoked(connect))


async def test_on_a_full_server_attempts_still_count(connect: Connect, fill: Callable[[], None]) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    attempt = CountedAttempt("account", "ann", Limit(2, 60))
    fill()
    for _ in range(2):
        await limiter.acquire(attempt)
    with pytest.raises(TooManyRequests) as refused:
        await limiter.acquire(attempt)
    assert 0 < refused.value.retry_after <= 60


async def test_what_is_not_essential_is_refused_on_a_full_server(connect: Connect, fill: Callable[[], None]) -> None:
    fill()
    with pytest.raises(Unavailable):
        await StreamWriter(connect("back-workers")).append(event())
    cache = Cache(connect("back-api"), "back-api")
    await cache.put("x", Problem(type="", title="", status=1), seconds=10)
    assert await cache.get("x", Problem) is None


async def test_what_ends_a_session_reaches_no_key_of_others(connect: Connect, fill: Callable[[], None]) -> None:
    fill()
    with pytest.raises(Unavailable):
        await connect("back-auth").transaction(("SET", "session:x", 1), ("SET", "celery:x", 1))


@pytest.mark.parametrize("user", ["back-api", "back-auth", "back-workers", "back-websockets"])
async def test_readiness_says_so_before_it_is_full(connect: Connect, user: str, fill: Callable[[], None]) -> None:
    connection = connect(user)
    await check_room(connection)
    fill()
    with pytest.raises(Unavailable, match=r"back-redis is 1\d\d% full"):
        await check_room(connection)
    assert (await memory_of(connection)).limit_bytes == LIMIT_BYTES
