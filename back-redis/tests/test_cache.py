import asyncio
from collections.abc import Callable

import pytest
from pydantic import BaseModel

from back_redis.cache import Cache, Model
from back_redis.connection import RedisConnection
from shared.utils.errors import NotFound, Unavailable
from tests.waiting import until

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]


class Plan(BaseModel):
    name: str


class Loader:
    """Its loads end when `open`, which a test may clear to hold them; `begun` is set while one is under way."""

    def __init__(self) -> None:
        self.calls = 0
        self.begun = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self) -> Plan:
        self.calls += 1
        name = f"pro {self.calls}"
        self.begun.set()
        await self.open.wait()
        return Plan(name=name)


class Missing(Cache):
    """Counts the callers who found nothing and go on to load."""

    misses = 0

    async def get(self, key: str, model: type[Model]) -> Model | None:
        kept = await super().get(key, model)
        self.misses += kept is None
        return kept


@pytest.mark.parametrize("service", ["back-api", "back-workers"])
async def test_loads_once_then_answers_from_the_cache(service: str, connect: Connect) -> None:
    cache = Cache(connect(service), service)
    load = Loader()
    for _ in range(3):
        assert (await cache.get_or_load("plans", Plan, load, seconds=60)).name == "pro 1"
    assert load.calls == 1
    assert 0 < await connect("tests").call("TTL", f"cache:{service}:plans") <= 60


async def test_concurrent_loads_are_one(connect: Connect) -> None:
    cache = Missing(connect("back-api"), "back-api")
    load = Loader()
    load.open.clear()
    loads = asyncio.gather(*(cache.get_or_load("plans", Plan, load, seconds=60) for _ in range(20)))
    await until(lambda: cache.misses == 20, "twenty callers found nothing")
    load.open.set()
    assert {plan.name for plan in await loads} == {"pro 1"}


async def test_caller_that_gives_up_does_not_take_the_others_along(connect: Connect) -> None:
    cache = Cache(connect("back-api"), "back-api")
    load = Loader()
    load.open.clear()
    first = asyncio.create_task(cache.get_or_load("plans", Plan, load, seconds=60))
    await load.begun.wait()
    second = asyncio.create_task(cache.get_or_load("plans", Plan, load, seconds=60))
    first.cancel()
    load.open.set()
    assert (await second).name == "pro 1"


async def test_dropped_is_loaded_again_even_when_a_load_was_under_way(connect: Connect) -> None:
    cache = Cache(connect("back-api"), "back-api")
    load = Loader()
    load.open.clear()
    stale = asyncio.create_task(cache.get_or_load("plans", Plan, load, seconds=60))
    await load.begun.wait()
    await cache.drop("plans")
    load.open.set()
    await stale
    assert (await cache.get_or_load("plans", Plan, load, seconds=60)).name == "pro 2"


async def test_error_of_the_load_reaches_the_caller_and_is_not_kept(connect: Connect) -> None:
    cache = Cache(connect("back-api"), "back-api")

    async def missing() -> Plan:
        raise NotFound

    with pytest.raises(NotFound):
        await cache.get_or_load("plans", Plan, missing, seconds=60)
    assert (await cache.get_or_load("plans", Plan, Loader(), seconds=60)).name == "pro 1"


async def test_value_of_an_older_shape_is_loaded_anew(connect: Connect) -> None:
    cache = Cache(connect("back-api"), "back-api")
    await connect("back-api").call("SET", "cache:back-api:plans", '{"title": "old"}')
    assert (await cache.get_or_load("plans", Plan, Loader(), seconds=60)).name == "pro 1"


async def test_without_redis_everything_is_loaded() -> None:
    async with RedisConnection(host="127.0.0.1", port=1, username="x", password="x") as nowhere:
        cache = Cache(nowhere, "back-api")
        load = Loader()
        assert (await cache.get_or_load("plans", Plan, load, seconds=60)).name == "pro 1"
        assert (await cache.get_or_load("plans", Plan, load, seconds=60)).name == "pro 2"
        with pytest.raises(Unavailable):
            await cache.drop("plans")
