"""Names of services are resolved while nginx runs: a peer that is not there yet, or moves, does not stop the gateway."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import aiohttp
import pytest

from tests import trial_gateway as trial
from tests.waiting import until

pytestmark = pytest.mark.integration


class NameServer(asyncio.DatagramProtocol):
    """Answers every A question with `address`, or that there is no such name."""

    def __init__(self) -> None:
        self.address: str | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str | int, int]) -> None:
        question = data[12 : data.index(b"\0", 12) + 5]
        if self.address is None:
            answer = data[:2] + struct.pack("!HHHHH", 0x8183, 1, 0, 0, 0) + question
        else:
            record = b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 1, 4) + socket.inet_aton(self.address)
            answer = data[:2] + struct.pack("!HHHHH", 0x8180, 1, 1, 0, 0) + question + record
        self.transport.sendto(answer, addr)


@pytest.fixture
async def name_server() -> AsyncIterator[tuple[NameServer, int]]:
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(NameServer, local_addr=("127.0.0.1", 0))
    yield server, transport.get_extra_info("sockname")[1]
    transport.close()


async def test_a_name_may_appear_later(
    tmp_path: Path, client: aiohttp.ClientSession, name_server: tuple[NameServer, int]
) -> None:
    server, port = name_server
    gateway = await asyncio.to_thread(
        trial.start, tmp_path, environment={"BACK_API_HOST": "back-api.test"}, resolvers=[f"127.0.0.1:{port}"]
    )
    try:
        async with client.get(f"{gateway.url}/api/profile") as answer:
            problem = await answer.json()
        assert (problem["status"], problem["dependency"]) == (502, "back-api")
        async with client.get(f"{gateway.url}/api/auth/sessions") as answer:
            assert answer.status == 200
        server.address = "127.0.0.1"

        async def found() -> bool:
            async with client.get(f"{gateway.url}/api/profile") as answer:
                return answer.status == 200

        await until(found, "the name is found")
    finally:
        await asyncio.to_thread(gateway.stop)
