"""Connections that never ask for anything are bounded in time and number, and harm nobody."""

import asyncio
import resource

import pytest
from tests.bystander import undisturbed
from tests.conftest import Received, Service, started
from tests.peers import Peers

from stack.native.servers import Place
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
HALF = b"GET /ws/notifications HTTP/1.1\r\nHost: localhost\r\nUpgrade: websoc"


async def half_open(service: Service, sent: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
    writer.write(sent)
    return reader, writer


async def ended(reader: asyncio.StreamReader) -> bool:
    try:
        return await reader.read(1) == b""
    except ConnectionResetError:
        return True


async def test_more_than_there_is_room_for_push_out_the_oldest(
    redis_server: Place, peers: Peers, user_id: str, received: Received
) -> None:
    token = peers.token(user_id)
    async with (
        started(redis_server, peers, HALF_OPEN_IN_TOTAL="50", HANDSHAKE_SECONDS="60") as service,
        service.open(token) as before,
    ):
        waiting = [await half_open(service, HALF) for _ in range(400)]
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert all(await asyncio.gather(*(ended(reader) for reader, _ in waiting[:340])))
        async with service.open(token) as after:
            sent = await service.publish_progress(user_id)
            for socket in (before, after):
                assert [message["id"] for message in await received(socket, 1)] == [sent["id"]]
        assert await service.metric('websocket_half_open_cut_off_total{reason="too_many"}') >= 340
        assert await service.metric("websocket_half_open ") <= 51
        for _, writer in waiting:
            writer.close()


async def test_ten_thousand_at_once_disturb_nobody(
    redis_server: Place, peers: Peers, user_id: str, received: Received
) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a file for each connection
    token = peers.token(user_id)
    async with (
        started(redis_server, peers, HANDSHAKE_SECONDS="60") as service,
        undisturbed(service) as bystander,
        service.open(token) as before,
    ):
        earlier = len(bystander.times)
        waiting = list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]()
        for _ in range(100):
            waiting += await asyncio.gather(*(half_open(service, HALF) for _ in range(100)))
        async with service.open(token) as after:
            sent = await service.publish_progress(user_id)
            for socket in (before, after):
                assert [message["id"] for message in await received(socket, 1)] == [sent["id"]]
        assert len(bystander.times) > earlier + 10
        assert await service.metric("websocket_half_open ") <= 1001
        await until(lambda: cut_off(service, "too_many", at_least=8990), "the oldest are cut off")
        for _, writer in waiting:
            writer.close()


@pytest.mark.parametrize("sent", [b"", HALF])
async def test_one_that_takes_too_long_is_cut_off(redis_server: Place, peers: Peers, sent: bytes) -> None:
    async with started(redis_server, peers, HANDSHAKE_SECONDS="0.5") as service:
        reader, writer = await half_open(service, sent)
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert await ended(reader)
        await until(lambda: cut_off(service, "too_slow"), "it is counted")
        writer.close()


async def cut_off(service: Service, reason: str, at_least: int = 1) -> bool:
    return await service.metric(f'websocket_half_open_cut_off_total{{reason="{reason}"}}') >= at_least


async def test_a_request_without_an_end_is_cut_off(service: Service) -> None:
    reader, writer = await half_open(service, b"GET / HTTP/1.1\r\nX: " + b"x" * 300_000)
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await ended(reader)
    writer.close()
