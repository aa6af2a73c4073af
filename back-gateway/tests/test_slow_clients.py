"""Who sends slowly holds little: memory is bounded, connections too, and others do not notice."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import psutil
import pytest

from stack.gateway.view import LARGE_BODIES
from tests import trial_gateway as trial
from tests.trial_gateway import Trial, raw
from tests.waiting import until

pytestmark = pytest.mark.integration
SIZE = 2_000_000
OPEN_CONNECTIONS = 60
MEGABYTES = 1e6
ENOUGH = 64
"""Megabytes: about 40 when it has nothing to do."""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Trial]:
    running = trial.start(tmp_path)
    yield running
    running.stop()


def memory(gateway: Trial) -> float:
    """Resident megabytes of all its processes."""
    master = psutil.Process(gateway.server.pid)
    return sum(one.memory_info().rss for one in (master, *master.children())) / MEGABYTES


@asynccontextmanager
async def held_open(gateway: Trial, head: bytes, body: bytes) -> AsyncGenerator[list[asyncio.StreamReader]]:
    """HELD requests that lack their last bytes."""

    async def begin() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.places.port)
        writer.write(head + body)
        return reader, writer

    opened = [await begin() for _ in range(OPEN_CONNECTIONS)]
    yield [reader for reader, _ in opened]
    for _, writer in opened:
        writer.close()


async def status(reader: asyncio.StreamReader) -> str:
    """Of the answer, `cut` when the connection ends without one."""
    try:
        line = await reader.readline()
    except ConnectionError:
        return "cut"
    return line.split()[1].decode() if line else "cut"


async def undisturbed(gateway: Trial, client: aiohttp.ClientSession) -> None:
    for _ in range(20):
        async with client.put(f"{gateway.url}/api/profile", data=b"x" * 50_000) as answer:
            assert answer.status == 200


def put(header: str) -> bytes:
    return f"PUT /api/profile/avatar HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n".encode()


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (put(f"Content-Length: {SIZE}"), b"x" * (SIZE - 10)),
        (put("Transfer-Encoding: chunked"), b"%x\r\n" % (SIZE - 10) + b"x" * (SIZE - 20)),
    ],
    ids=["honest", "chunked"],
)
async def test_large_bodies_that_never_end(own: Trial, client: aiohttp.ClientSession, head: bytes, body: bytes) -> None:
    """60 of them, of 4 MB, took 256 MB before."""
    async with held_open(own, head, body) as readers:
        refused = Counter[str]()

        async def look(reader: asyncio.StreamReader) -> None:
            refused[await status(reader)] += 1

        looking = [asyncio.create_task(look(reader)) for reader in readers]
        await until(
            lambda: refused["429"] == OPEN_CONNECTIONS - LARGE_BODIES, "an address has a few large bodies at once"
        )
        await undisturbed(own, client)
        assert memory(own) < ENOUGH
        await asyncio.wait_for(asyncio.gather(*looking), 20)
    assert refused["429"] == OPEN_CONNECTIONS - LARGE_BODIES
    assert refused["200"] == 0
    assert own.echoes["back-api"].requests == 20


async def test_small_bodies_and_heads_that_never_end(own: Trial, client: aiohttp.ClientSession) -> None:
    async with (
        held_open(own, put("Content-Length: 60000"), b"x" * 59_990) as bodies,
        held_open(own, b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-A: " + b"x" * 3_000) as heads,
    ):
        await undisturbed(own, client)
        assert memory(own) < ENOUGH
        ends = await asyncio.wait_for(asyncio.gather(*map(status, [*bodies, *heads])), 20)
    assert set(ends) <= {"408", "cut"}


async def test_one_too_many_learns_when_to_come_back(own: Trial) -> None:
    head = put(f"Content-Length: {SIZE}")

    async def refused() -> bytes:
        answer = await raw(own, head + b"x" * 100)
        return answer if answer.startswith(b"HTTP/1.1 429 ") else b""

    async with held_open(own, head, b"x"):
        answer = await until(refused, "the others have taken all places")
    assert b"Retry-After: 2\r\n" in answer
    assert b"application/problem+json" in answer
