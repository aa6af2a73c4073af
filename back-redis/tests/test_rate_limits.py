import asyncio
from collections.abc import Callable

import pytest

from back_redis.connection import RedisConnection
from back_redis.rate_limits import CountedAttempt, Decision, Limit, RateLimiter
from shared.utils.errors import TooManyRequests
from tests.waiting import until

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]
THREE = Limit(attempts=3, seconds=60)


async def hit(limiter: RateLimiter, name: str, subject: str, limit: Limit) -> Decision:
    [decision] = await limiter.hit(CountedAttempt(name, subject, limit))
    return decision


@pytest.mark.parametrize("service", ["back-auth", "back-api"])
async def test_remaining_falls_and_then_retry_after_says_when(service: str, connect: Connect) -> None:
    limiter = RateLimiter(connect(service), service)
    decisions = [await hit(limiter, "login", "a@example.com", THREE) for _ in range(4)]
    assert [d.remaining for d in decisions] == [2, 1, 0, 0]
    assert [d.allowed for d in decisions] == [True, True, True, False]
    assert 55 <= decisions[3].retry_after <= 60
    with pytest.raises(TooManyRequests) as caught:
        await limiter.acquire(CountedAttempt("login", "a@example.com", THREE))
    assert caught.value.retry_after > 50


async def test_parallel_attempts_all_count(connect: Connect) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    decisions = await asyncio.gather(*(hit(limiter, "login", "a", THREE) for _ in range(30)))
    assert sum(d.allowed for d in decisions) == 3


async def test_subjects_and_limits_do_not_mix(connect: Connect) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    one = Limit(attempts=1, seconds=60)
    assert (await hit(limiter, "login", "a", one)).allowed
    assert (await hit(limiter, "login", "b", one)).allowed
    assert (await hit(limiter, "address", "a", one)).allowed


async def test_window_ends(connect: Connect) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    short = Limit(attempts=1, seconds=2)
    assert (await hit(limiter, "login", "a", short)).allowed
    assert not (await hit(limiter, "login", "a", short)).allowed

    async def allowed_again() -> bool:
        return (await hit(limiter, "login", "a", short)).allowed

    await until(allowed_again, "the window ends")


async def test_what_is_given_back_is_left_again(connect: Connect) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    for _ in range(10):
        assert (await hit(limiter, "login", "a", THREE)).remaining == 2
        await limiter.release(CountedAttempt("login", "a", THREE))
    for _ in range(3):
        await hit(limiter, "login", "a", THREE)
    assert not (await hit(limiter, "login", "a", THREE)).allowed
    await limiter.release(forget=[CountedAttempt("login", "a", THREE)])
    assert (await hit(limiter, "login", "a", THREE)).remaining == 2


async def test_giving_back_after_the_window_leaves_nothing_behind(connect: Connect) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    await limiter.release(CountedAttempt("login", "a", THREE))
    assert await connect("tests").call("KEYS", "*") == []


async def test_what_one_limit_refuses_no_other_one_counts(connect: Connect) -> None:
    limiter = RateLimiter(connect("back-auth"), "back-auth")
    for _ in range(3):
        await limiter.acquire(
            CountedAttempt("account", "a", THREE), CountedAttempt("address", "x", Limit(attempts=9, seconds=60))
        )
    with pytest.raises(TooManyRequests):
        await limiter.acquire(
            CountedAttempt("account", "a", THREE), CountedAttempt("address", "x", Limit(attempts=9, seconds=60))
        )
    assert (await hit(limiter, "address", "x", Limit(attempts=9, seconds=60))).remaining == 5


async def test_subject_is_not_stored_in_clear(connect: Connect) -> None:
    await hit(RateLimiter(connect("back-auth"), "back-auth"), "login", "a@example.com", THREE)
    keys = await connect("tests").call("KEYS", "*")
    assert len(keys) == 1
    assert keys[0].startswith("ratelimit:back-auth:login:")
    assert "example" not in keys[0]
