import asyncio
from collections.abc import Callable

import pytest

from back_redis.connection import RedisConnection
from back_redis.rate_limits import Limit, RateLimiter
from shared.utils.errors import TooManyRequests
from tests.waiting import until

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]
THREE = Limit(attempts=3, seconds=60)


@pytest.mark.parametrize("service", ["back-auth", "back-api"])
async def test_remaining_falls_and_then_retry_after_tells_when(service: str, connect: Connect) -> None:
    limiter = RateLimiter(connect(service), service)
    decisions = [await limiter.hit("login", "a@example.com", THREE) for _ in range(4)]
    assert [d.remaining for d in decisions] == [2, 1, 0, 0]
    assert [d.allowed for d in decisions] == [True, True, True, False]
    assert 55 <= decisions[3].retry_after <= 60
    with pytest.raises(TooManyRequests) as caught:
        await limiter.demand("login", "a@example.com", THREE)
    assert caught.value.retry_after > 50


async def test_parallel_attempts_all_count(connect: Connect) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    decisions = await asyncio.gather(*(limiter.hit("login", "a", THREE) for _ in range(30)))
    assert sum(d.allowed for d in decisions) == 3


async def test_subjects_and_limits_do_not_mix(connect: Connect) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    one = Limit(attempts=1, seconds=60)
    assert (await limiter.hit("login", "a", one)).allowed
    assert (await limiter.hit("login", "b", one)).allowed
    assert (await limiter.hit("address", "a", one)).allowed


async def test_window_ends(connect: Connect) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    short = Limit(attempts=1, seconds=2)
    assert (await limiter.hit("login", "a", short)).allowed
    assert not (await limiter.hit("login", "a", short)).allowed

    async def allowed_again() -> bool:
        return (await limiter.hit("login", "a", short)).allowed

    await until(allowed_again, "the window ends")


async def test_what_is_given_back_is_left_again(connect: Connect) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    for _ in range(10):
        assert (await limiter.hit("login", "a", THREE)).remaining == 2
        await limiter.give_back("login", "a")
    for _ in range(3):
        await limiter.hit("login", "a", THREE)
    assert not (await limiter.hit("login", "a", THREE)).allowed
    await limiter.reset("login", "a")
    assert (await limiter.hit("login", "a", THREE)).remaining == 2


async def test_giving_back_after_the_window_leaves_nothing_behind(connect: Connect) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    await limiter.give_back("login", "a")
    assert await connect("tests").call("KEYS", "*") == []


async def test_subject_is_not_stored_in_clear(connect: Connect) -> None:
    await RateLimiter(connect("back-auth"), "back-auth").hit("login", "a@example.com", THREE)
    keys = await connect("tests").call("KEYS", "*")
    assert len(keys) == 1
    assert keys[0].startswith("ratelimit:back-auth:login:")
    assert "example" not in keys[0]
