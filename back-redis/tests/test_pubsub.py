import asyncio
from collections.abc import Callable

import pytest
from pydantic import BaseModel

from back_redis.connection import RedisConnection
from back_redis.pubsub import Publisher, Subscriber, user_channel
from back_redis.tests.server import RedisServer
from tests.waiting import until

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]


class Note(BaseModel):
    text: str


class Owner:
    def __init__(self) -> None:
        self.messages: list[tuple[str, str]] = []
        self.gaps = 0

    def subscriber(self, connection: RedisConnection) -> Subscriber:
        return Subscriber(connection, on_message=lambda c, t: self.messages.append((c, t)), on_gap=self._gap)

    def _gap(self) -> None:
        self.gaps += 1


async def nobody_listens(connect: Connect, channel: str) -> bool:
    return await connect("tests").call("PUBSUB", "NUMSUB", channel) == [channel, 0]


async def test_message_reaches_its_channel_only(connect: Connect) -> None:
    publisher, owner = Publisher(connect("back-workers")), Owner()
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert await subscriber.subscribe(user_channel("1"))
        assert await publisher.publish(user_channel("1"), Note(text="a\x00ü")) == 1
        assert await publisher.publish(user_channel("2"), Note(text="b")) == 0
        await until(lambda: len(owner.messages) == 1, "the message")
        assert owner.messages == [("user:1", Note(text="a\x00ü").model_dump_json())]
        await subscriber.unsubscribe(user_channel("1"))
        await until(lambda: nobody_listens(connect, user_channel("1")), "the channel is left")
        assert await publisher.publish(user_channel("1"), Note(text="c")) == 0
    assert owner.gaps == 0


async def test_many_channels_at_once(connect: Connect) -> None:
    publisher, owner = Publisher(connect("back-workers")), Owner()
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert all(await asyncio.gather(*(subscriber.subscribe(f"user:{n}") for n in range(200))))
        for n in range(200):
            await publisher.publish(f"user:{n}", Note(text=str(n)))
        await until(lambda: len(owner.messages) == 200, "all messages")


async def test_restart_is_survived_and_the_gap_is_told(connect: Connect, server: RedisServer) -> None:
    publisher, owner = Publisher(connect("back-workers")), Owner()
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert await subscriber.subscribe("user:1")
        server.stop()
        await until(lambda: not subscriber.connected, "the loss is noticed")
        server.start()
        await until(lambda: owner.gaps == 1, "the gap is told")
        assert await publisher.publish("user:1", Note(text="again")) == 1
        await until(lambda: len(owner.messages) == 1, "the message")


async def test_subscription_while_redis_is_away_comes_true_later(connect: Connect, server: RedisServer) -> None:
    publisher, owner = Publisher(connect("back-workers")), Owner()
    server.stop()
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert not await subscriber.subscribe("user:1", seconds=0.1)
        server.start()
        await until(lambda: owner.gaps == 1, "the gap is told")
        assert await publisher.publish("user:1", Note(text="a")) == 1


async def test_subscriber_that_the_server_cut_off_comes_back(connect: Connect) -> None:
    owner = Owner()
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert await subscriber.subscribe("user:1")
        await connect("tests").call("CLIENT", "KILL", "TYPE", "pubsub")
        await until(lambda: owner.gaps == 1, "the gap is told")
        assert await Publisher(connect("back-workers")).publish("user:1", Note(text="a")) == 1


async def test_silence_is_not_taken_for_a_lost_connection(
    connect: Connect, server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("back_redis.pubsub.PING_SECONDS", 0.1)
    monkeypatch.setattr("back_redis.pubsub.SILENCE_SECONDS", 1)
    owner, pings = Owner(), server.calls("ping")
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert await subscriber.subscribe("user:1")
        await until(lambda: server.calls("ping") >= pings + 25, "pings for more than two silences")
        assert owner.gaps == 0


async def test_frozen_server_is_noticed(connect: Connect, server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("back_redis.pubsub.PING_SECONDS", 0.05)
    monkeypatch.setattr("back_redis.pubsub.SILENCE_SECONDS", 0.3)
    owner = Owner()
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert await subscriber.subscribe("user:1")
        await connect("tests").call("CLIENT", "PAUSE", 1500, "ALL")
        await until(lambda: not subscriber.connected, "the loss is noticed")
        await until(lambda: owner.gaps, "the gap is told")
