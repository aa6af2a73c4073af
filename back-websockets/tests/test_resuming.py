"""A client that reconnects with the last id it saw misses nothing and sees nothing twice."""

import pytest
from tests.conftest import Received, Service

from shared.utils.ids import new_id

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]


async def test_missed_ones_come_first_then_live_ones(service: Service, user_id: str, received: Received) -> None:
    stored = [service.peers.store(user_id) for _ in range(250)]
    async with service.open(service.peers.token(user_id), last_id=stored[0]["id"]) as socket:
        await service.listening(user_id)
        live = service.peers.store(user_id)
        await service.announce(stored[-1])  # stored and announced while the socket was opening: not shown twice
        await service.announce(live)
        last = await service.publish_progress(user_id)
        ids = [message["id"] for message in await received(socket, 251)]
        assert ids == [item["id"] for item in (*stored[1:], live, last)]


@pytest.mark.parametrize("last_id", [None, "", "nonsense", "7c1e0b0e-6f0a-4f6e-9c43-0f3f5d0f9a11", "%00", "x" * 5000])
async def test_without_a_usable_last_id_only_live_ones_come(
    service: Service, user_id: str, received: Received, last_id: str | None
) -> None:
    service.peers.store(user_id)
    async with service.open(service.peers.token(user_id), last_id=last_id) as socket:
        await service.listening(user_id)
        live = service.peers.store(user_id)
        await service.announce(live)
        assert [message["id"] for message in await received(socket, 1)] == [live["id"]]


async def test_while_back_cassandra_is_down_live_ones_come_and_missed_ones_later(
    service: Service, user_id: str, received: Received
) -> None:
    seen = service.peers.store(user_id)
    missed = service.peers.store(user_id)
    service.peers.cassandra_is_down = True
    try:
        async with service.open(service.peers.token(user_id), last_id=seen["id"]) as socket:
            await service.listening(user_id)
            live = service.peers.store(user_id)
            await service.announce(live)
            assert [message["id"] for message in await received(socket, 1)] == [live["id"]]
            service.peers.cassandra_is_down = False
            assert [message["id"] for message in await received(socket, 1)] == [missed["id"]]
    finally:
        service.peers.cassandra_is_down = False


async def test_after_redis_was_away_the_socket_catches_up(service: Service, user_id: str, received: Received) -> None:
    async with service.open(service.peers.token(user_id)) as socket:
        await service.listening(user_id)
        first = service.peers.store(user_id)
        await service.announce(first)
        await received(socket, 1)
        missed = [service.peers.store(user_id) for _ in range(3)]
        await service.redis.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
        assert [message["id"] for message in await received(socket, 3)] == [item["id"] for item in missed]
        await service.listening(user_id)
        live = service.peers.store(user_id)
        await service.announce(live)
        assert [message["id"] for message in await received(socket, 1)] == [live["id"]]


async def test_a_last_id_that_is_not_known_any_more_resumes_by_its_time(
    service: Service, user_id: str, received: Received
) -> None:
    forgotten = new_id()
    later = service.peers.store(user_id)
    async with service.open(service.peers.token(user_id), last_id=forgotten) as socket:
        assert [message["id"] for message in await received(socket, 1)] == [later["id"]]
