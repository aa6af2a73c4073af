"""Several processes over one Redis: messages reach all of them, one that stops sends its clients to the others."""

import asyncio
import json
import re

import pytest
from tests.conftest import Received, Service, started
from tests.event_streams import event_stream
from tests.peers import Peers
from websockets.asyncio.client import ClientConnection

from back_redis.connection import RedisConnection
from back_redis.presence import Presence
from shared.utils.ids import new_id
from stack.native.servers import TESTS_PASSWORD, Place
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]


async def test_a_message_reaches_the_tabs_on_both(
    redis_server: Place, peers: Peers, service: Service, user_id: str, received: Received
) -> None:
    token = peers.token(user_id)
    async with started(redis_server, peers) as other, service.open(token) as here, other.open(token) as there:
        sent = service.peers.store(user_id)
        await service.announce(sent)
        for tab in (here, there):
            assert [message["id"] for message in await received(tab, 1)] == [sent["id"]]


async def left(socket: ClientConnection) -> float:
    """When it was closed."""
    await socket.wait_closed()
    return asyncio.get_running_loop().time()


async def test_one_that_stops_sends_its_clients_away_one_by_one(redis_server: Place, peers: Peers) -> None:
    users = [new_id() for _ in range(20)]
    async with started(redis_server, peers, DRAIN_SECONDS="2") as service:
        sockets = [await service.open(peers.token(user)) for user in users]
        url = service.stream_url
        headers = {"Authorization": f"Bearer {peers.token(users[0])}"}
        async with event_stream(url, headers) as stream:
            await until(lambda: all_in(service, 21), "all are connected")
            service.process.terminate()
            async with asyncio.timeout(PATIENCE_SECONDS):
                times = await asyncio.gather(*(left(socket) for socket in sockets))
                last = json.loads((await stream.event())["data"])
                await asyncio.to_thread(service.process.wait)
    assert {socket.close_code for socket in sockets} == {last["code"]} == {1012}
    waits = [re.fullmatch(r"restart; retry_in=(\d+)", socket.close_reason or "") for socket in sockets]
    assert all(0 <= int(wait[1]) < 5000 for wait in waits if wait)
    assert all(waits)
    assert len({wait[1] for wait in waits if wait}) > 10
    assert 0.5 < max(times) - min(times) < 2.5


async def all_in(service: Service, count: int) -> bool:
    return await service.metric("websocket_connections") == count


async def test_a_stopping_one_lets_nobody_in(redis_server: Place, peers: Peers, user_id: str) -> None:
    async with started(redis_server, peers, DRAIN_SECONDS="3") as service, service.open(peers.token(user_id)) as socket:
        service.process.terminate()
        await until(lambda: refuses(service.port), "it does not listen any more")
        await socket.wait_closed()
        assert socket.close_code == 1012


async def refuses(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError:
        return True
    writer.close()
    return False


async def test_presence_outlives_one_replica_and_ends_after_the_last(
    redis_server: Place, peers: Peers, service: Service, user_id: str
) -> None:
    alone = new_id()
    place = redis_server
    connection = RedisConnection(host=place.host, port=place.port, username="tests", password=TESTS_PASSWORD)
    async with connection as redis, service.open(peers.token(user_id)):
        presence = Presence(redis)
        async with (
            started(redis_server, peers) as other,
            other.open(peers.token(user_id)),
            other.open(peers.token(alone)),
        ):
            await until(lambda: online(presence, user_id, alone), "both are online")
            assert await presence.total() >= 2
            other.process.kill()
        assert await presence.online([user_id, "nobody"]) == [user_id]
        until_when = {user: await service.redis.zscore("presence:online", user) for user in (user_id, alone)}
        await until(lambda: confirmed_after(service, user_id, until_when[user_id]), "the one left confirms again")
        assert await service.redis.zscore("presence:online", alone) == until_when[alone]


async def online(presence: Presence, *users: str) -> bool:
    return await presence.online(users) == list(users)


async def confirmed_after(service: Service, user_id: str, before: float) -> bool:
    return await service.redis.zscore("presence:online", user_id) > before
