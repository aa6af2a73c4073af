import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from back_redis.connection import RedisConnection
from back_redis.live_envelope import Envelope, live_channel, pack, unpack
from back_redis.pubsub import LivePublisher, Subscriber
from back_redis.tests.server import RedisServer
from shared.models.notification import LiveMessage
from shared.utils.ids import new_id
from tests.waiting import until

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]


ANN = live_channel("ann")


def message(text: str) -> LiveMessage:
    return LiveMessage(type="task.progress", id=new_id(), data={"text": text}, created_at=datetime.now(UTC))


class Owner:
    def __init__(self) -> None:
        self.messages: list[tuple[str, str]] = []
        self.gaps = 0

    def subscriber(self, connection: RedisConnection) -> Subscriber:
        return Subscriber(connection, on_message=lambda c, t: self.messages.append((c, t)), on_gap=self._gap)

    def _gap(self) -> None:
        self.gaps += 1

    @property
    def texts(self) -> list[str]:
        return [unpack(payload).text for _, payload in self.messages]


async def nobody_listens(connect: Connect, channel: str) -> bool:
    return await connect("tests").call("PUBSUB", "NUMSUB", channel) == [channel, 0]


async def test_message_reaches_its_shard_only(connect: Connect) -> None:
    publisher = LivePublisher(connect("back-workers"))
    owner = Owner()
    sent = message("a\x00ü\n")
    other = next(f"user-{n}" for n in range(1000) if live_channel(f"user-{n}") != ANN)
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert await subscriber.subscribe(ANN)
        await publisher.send([other], message("b"))
        await publisher.send(["ann"], sent)
        await until(lambda: owner.messages, "the message")
        assert owner.texts == [sent.model_dump_json()]
        await subscriber.unsubscribe(ANN)
        await until(lambda: nobody_listens(connect, ANN), "the channel is left")
    assert owner.gaps == 0


async def test_messages_sent_in_order_arrive_in_order(connect: Connect) -> None:
    sent = [message(str(number)) for number in range(300)]
    owner = Owner()
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert await subscriber.subscribe(ANN)
        await LivePublisher(connect("back-workers")).send_in_order([(["ann"], each) for each in sent])
        await until(lambda: len(owner.messages) == len(sent), "all of them")
    assert owner.texts == [each.model_dump_json() for each in sent]


async def test_a_message_to_many_users_names_each_once_in_a_few_pieces(connect: Connect, server: RedisServer) -> None:
    users = [f"user-{n}" for n in range(2000)]
    owner = Owner()
    channels = {live_channel(user) for user in users}
    assert len(channels) == 64
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert all(await asyncio.gather(*(subscriber.subscribe(channel) for channel in channels)))
        published = server.calls("publish")
        await LivePublisher(connect("back-workers")).send([*users, *users], message("a"))
        await until(lambda: len(owner.messages) == len(channels), "all of them")
    assert server.calls("publish") - published == len(channels)
    assert sorted(user for _, payload in owner.messages for user in unpack(payload).user_ids) == sorted(users)
    assert all(user in unpack(p).user_ids for user in users for c, p in owner.messages if c == live_channel(user))


async def test_restart_is_survived_and_the_gap_is_logged(connect: Connect, server: RedisServer) -> None:
    publisher = LivePublisher(connect("back-workers"))
    owner = Owner()
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert await subscriber.subscribe(ANN)
        server.stop()
        await until(lambda: not subscriber.connected, "the loss is noticed")
        server.start()
        await until(lambda: owner.gaps == 1, "the gap is reported")
        await publisher.send(["ann"], message("again"))
        await until(lambda: len(owner.messages) == 1, "the message")


async def test_subscription_while_redis_is_away_comes_true_later(connect: Connect, server: RedisServer) -> None:
    publisher = LivePublisher(connect("back-workers"))
    owner = Owner()
    server.stop()
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert not await subscriber.subscribe(ANN, seconds=0.1)
        server.start()
        await until(lambda: owner.gaps == 1, "the gap is reported")
        await publisher.send(["ann"], message("a"))
        await until(lambda: owner.messages, "the message")


async def test_subscriber_that_the_server_cut_off_comes_back(connect: Connect) -> None:
    owner = Owner()
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert await subscriber.subscribe(ANN)
        await connect("tests").call("CLIENT", "KILL", "TYPE", "pubsub")
        await until(lambda: owner.gaps == 1, "the gap is reported")
        await LivePublisher(connect("back-workers")).send(["ann"], message("a"))
        await until(lambda: owner.messages, "the message")


async def test_silence_is_not_taken_for_a_lost_connection(
    connect: Connect, server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("back_redis.pubsub.PING_SECONDS", 0.1)
    monkeypatch.setattr("back_redis.pubsub.SILENCE_SECONDS", 1)
    owner = Owner()
    pings = server.calls("ping")
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert await subscriber.subscribe(ANN)
        await until(lambda: server.calls("ping") >= pings + 25, "pings for more than two silences")
        assert owner.gaps == 0


async def test_frozen_server_is_noticed(connect: Connect, server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("back_redis.pubsub.PING_SECONDS", 0.05)
    monkeypatch.setattr("back_redis.pubsub.SILENCE_SECONDS", 0.3)
    owner = Owner()
    async with owner.subscriber(connect("back-websockets")) as subscriber:
        assert await subscriber.subscribe(ANN)
        await connect("tests").call("CLIENT", "PAUSE", 1500, "ALL")
        await until(lambda: not subscriber.connected, "the loss is noticed")
        await until(lambda: owner.gaps, "the gap is reported")


@pytest.mark.parametrize("traceparent", ["", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"])
async def test_a_message_carries_the_trace_that_it_belongs_to(traceparent: str) -> None:
    sent = message("a b c")
    ((_, payload),) = pack(["ann"], sent, traceparent)
    assert unpack(payload) == Envelope(sent.type, sent.id, ("ann",), sent.model_dump_json(), traceparent)
