import asyncio
from collections.abc import Callable

import pytest
from pydantic import BaseModel

from back_redis.connection import RedisConnection
from back_redis.idempotency import Idempotency
from back_redis.tests.server import RedisServer
from shared.utils.errors import Conflict, Unavailable
from tests.waiting import until

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]


class Paid(BaseModel):
    number: int


class Payment:
    """Its calls end when `open`, which a test may clear to hold them."""

    def __init__(self, *, taken: bool = False) -> None:
        self.calls = 0
        self.open = asyncio.Event()
        if not taken:
            self.open.set()

    async def __call__(self) -> Paid:
        self.calls += 1
        number = self.calls
        await self.open.wait()
        return Paid(number=number)


@pytest.fixture
def idempotency(connect: Connect) -> Idempotency:
    return Idempotency(connect("back-api"))


async def test_repeated_request_gets_the_first_result(idempotency: Idempotency) -> None:
    pay = Payment()
    results = [await idempotency.run("u1", "k", b"{}", Paid, pay) for _ in range(3)]
    assert [r.number for r in results] == [1, 1, 1]


async def test_concurrent_twins_wait_for_the_result(idempotency: Idempotency, server: RedisServer) -> None:
    pay = Payment(taken=True)
    claims = server.calls("set")
    twins = [asyncio.create_task(idempotency.run("u1", "k", b"{}", Paid, pay)) for _ in range(10)]
    await until(lambda: server.calls("set") >= claims + 10, "all have asked for the key")
    assert not any(twin.done() for twin in twins)
    pay.open.set()
    assert [(await twin).number for twin in twins] == [1] * 10


async def test_twin_of_a_slow_request_gets_a_conflict(connect: Connect) -> None:
    idempotency = Idempotency(connect("back-api"), wait_seconds=0.1)
    pay = Payment(taken=True)
    slow = asyncio.create_task(idempotency.run("u1", "k", b"{}", Paid, pay))
    await until(lambda: pay.calls, "the first request is under way")
    with pytest.raises(Conflict):
        await idempotency.run("u1", "k", b"{}", Paid, Payment())
    pay.open.set()
    assert (await slow).number == 1


async def test_other_body_is_a_conflict(idempotency: Idempotency) -> None:
    await idempotency.run("u1", "k", b'{"a":1}', Paid, Payment())
    with pytest.raises(Conflict):
        await idempotency.run("u1", "k", b'{"a":2}', Paid, Payment())


async def test_same_key_of_another_user_is_another_key(idempotency: Idempotency) -> None:
    pay = Payment()
    await idempotency.run("u1", "k", b"{}", Paid, pay)
    assert (await idempotency.run("u2", "k", b"{}", Paid, pay)).number == 2


async def test_failed_operation_can_be_tried_again(idempotency: Idempotency) -> None:
    async def fails() -> Paid:
        raise Unavailable(dependency="provider")

    with pytest.raises(Unavailable):
        await idempotency.run("u1", "k", b"{}", Paid, fails)
    assert (await idempotency.run("u1", "k", b"{}", Paid, Payment())).number == 1


async def test_cancelled_operation_can_be_tried_again(idempotency: Idempotency) -> None:
    pay = Payment(taken=True)
    running = asyncio.create_task(idempotency.run("u1", "k", b"{}", Paid, pay))
    await until(lambda: pay.calls, "it is under way")
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await idempotency.run("u1", "k", b"{}", Paid, Payment())).number == 1


async def test_without_redis_nothing_is_done() -> None:
    pay = Payment()
    async with RedisConnection(host="127.0.0.1", port=1, username="x", password="x") as nowhere:
        with pytest.raises(Unavailable):
            await Idempotency(nowhere).run("u1", "k", b"{}", Paid, pay)
    assert pay.calls == 0
