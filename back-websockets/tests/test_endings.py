"""Slow readers are dropped without harm to others; a restart says so; Redis may be away at the start."""

import asyncio

import pytest
from close_codes import CloseCode
from tests.conftest import Received, Service, started
from tests.peers import Peers
from websockets.asyncio.client import connect

from shared.contracts.loader import load
from stack.native.servers import Place
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]


async def stalled(service: Service, token: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A client that shakes hands and then reads nothing more."""
    reader, writer = await asyncio.open_connection("127.0.0.1", service.port, limit=1024)
    request = (
        "GET /ws/notifications HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        f"Authorization: Bearer {token}\r\n\r\n"
    )
    writer.write(request.encode())
    await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def cut_off(service: Service) -> bool:
    return await service.metric("websocket_connections") == 1


async def test_a_stalled_reader_is_cut_off_and_the_others_get_everything(
    service: Service, user_id: str, received: Received
) -> None:
    token = service.peers.token(user_id)
    _, writer = await stalled(service, token)
    dropped = await service.metric("websocket_messages_dropped_total")
    async with service.open(token, max_queue=None) as healthy:
        await service.listening(user_id)
        count = 2500
        padding = "x" * 4000
        got = list[int]()
        for number in range(count):
            await service.publish_progress(user_id, n=number, p=padding)
            if number % 50 == 49:  # as fast as the healthy one reads
                got += [message["data"]["n"] for message in await received(healthy, 50)]
        assert got == list(range(count))
        await until(lambda: cut_off(service), "the stalled one is cut off")
        assert await service.metric("websocket_messages_dropped_total") > dropped
        assert await service.metric('websocket_closed_total{reason="too_slow"}') >= 1
    writer.close()


async def test_a_restart_notifies_the_clients(redis_server: Place, peers: Peers, user_id: str) -> None:
    async with started(redis_server, peers) as service, service.open(peers.token(user_id)) as socket:
        await service.listening(user_id)
        service.process.terminate()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await socket.wait_closed()
        assert socket.close_code == 1012


async def test_without_redis_it_starts_keeps_sockets_and_says_so(
    redis_server: Place, peers: Peers, user_id: str
) -> None:
    nowhere = Place(redis_server.host, 1, redis_server.secrets)
    async with (
        started(nowhere, peers) as service,
        connect(service.url, additional_headers={"Authorization": f"Bearer {peers.token(user_id)}"}) as socket,
    ):
        await (await socket.ping())
        assert await service.metric("websocket_connections") == 1


async def test_the_close_codes_are_those_of_the_contract() -> None:
    known, _ = load()
    codes = [code for _, contract in known for socket in contract.sockets for code in socket.close_codes]
    assert set(codes) == set(CloseCode)
    assert [CloseCode.LOGGED_OUT, CloseCode.FOREIGN_ORIGIN, CloseCode.TOO_SLOW, CloseCode.TOO_MANY] == [
        4401,
        4403,
        4408,
        4429,
    ]
