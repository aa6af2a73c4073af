"""Flags in memory follow the store: at once by the channel, after a gap and now and then by reading."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from back_redis.connection import RedisCommandError, RedisConnection
from back_redis.feature_flags import CHANNEL, FlagFeed, FlagPublisher
from back_redis.tests.server import RedisServer
from shared.contracts.manifest import FeatureFlag as DeclaredFlag
from shared.feature_flags.values import FlagValues
from shared.models.events import Event
from shared.models.feature_flag import FeatureFlag
from shared.utils.errors import Unavailable
from shared.utils.ids import new_id
from tests.waiting import PROMPT_SECONDS, until

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]


class Store:
    """back-cassandra, with how often it was read."""

    def __init__(self) -> None:
        self.flags: list[FeatureFlag] = []
        self.down = False
        self.reads = 0

    async def read(self) -> list[FeatureFlag]:
        if self.down:
            raise Unavailable(dependency="back-cassandra")
        self.reads += 1
        return self.flags


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def values() -> FlagValues:
    declared = DeclaredFlag(name="bookmarks", default=True, owner="team-tools", expires_on=date(2027, 5, 31))
    return FlagValues({"bookmarks": declared})


def flag(version: int, *, enabled: bool = False) -> FeatureFlag:
    day = date(2027, 5, 31)
    return FeatureFlag(name="bookmarks", version=version, enabled=enabled, owner="team-tools", expires_on=day)


def event() -> Event:
    kind = "feature_flag.changed"
    return Event(id=new_id(), type=kind, aggregate_id="bookmarks", occurred_at=datetime.now(UTC), data={})


def is_on(values: FlagValues) -> bool:
    known = values.get("bookmarks")
    return known is not None and known.enabled


@pytest.mark.parametrize("service", ["back-api", "back-auth", "back-workers"])
async def test_a_change_is_received_at_once(connect: Connect, values: FlagValues, store: Store, service: str) -> None:
    async with FlagFeed(connect(service), values, store.read), FlagPublisher(connect("back-api")) as publisher:
        assert (is_on(values), store.reads) == (True, 1)
        await publisher.announce(flag(1), event())
        await until(lambda: not is_on(values), "it is off", seconds=PROMPT_SECONDS)
    assert await connect("tests").call("XLEN", "events:feature_flag") == 1


async def test_what_is_stored_holds_from_the_start(connect: Connect, values: FlagValues, store: Store) -> None:
    store.flags = [flag(4)]
    async with FlagFeed(connect("back-api"), values, store.read):
        assert not is_on(values)


async def test_without_store_and_redis_the_default_holds_and_both_are_caught_up_with(
    connect: Connect, server: RedisServer, values: FlagValues, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("back_redis.feature_flags.START_SECONDS", 0.1)
    server.stop()
    store.down = True
    async with FlagFeed(connect("back-api"), values, store.read):
        assert is_on(values)
        store.flags = [flag(1)]
        store.down = False
        await until(lambda: not is_on(values), "the store is read")
        reads = store.reads
        server.start()
        await until(lambda: store.reads > reads, "it is read again after the connection came back")


async def test_a_gap_is_filled_from_the_store(
    connect: Connect, server: RedisServer, values: FlagValues, store: Store
) -> None:
    async with FlagFeed(connect("back-workers"), values, store.read):
        server.stop()
        store.flags = [flag(1)]
        server.start()
        await until(lambda: not is_on(values), "what was missed")


async def test_a_message_of_another_form_makes_it_read_the_store(
    connect: Connect, values: FlagValues, store: Store
) -> None:
    async with FlagFeed(connect("back-api"), values, store.read):
        store.flags = [flag(1)]
        await connect("back-api").call("PUBLISH", CHANNEL, "{}")
        await until(lambda: not is_on(values), "the store is read")


async def test_a_change_without_redis_is_announced_when_it_is_back(
    connect: Connect, server: RedisServer, values: FlagValues, store: Store
) -> None:
    async with FlagPublisher(connect("back-api")) as publisher:
        server.stop()
        await publisher.announce(flag(1), event())
        server.start()
        async with FlagFeed(connect("back-auth"), values, store.read):
            await until(lambda: length(connect, "events:feature_flag"), "the event")


async def length(connect: Connect, stream: str) -> int:
    return int(await connect("tests").call("XLEN", stream))


async def test_back_auth_only_listens(connect: Connect) -> None:
    with pytest.raises(RedisCommandError):
        await connect("back-auth").call("PUBLISH", CHANNEL, "{}")
