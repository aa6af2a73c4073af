"""From the moment a change is asked for to the moment an open tab hears of it, against the answer to the change itself."""

import asyncio
import json
import time
from dataclasses import dataclass, field

import httpx
from websockets.asyncio.client import ClientConnection, connect

from tests.integration.conftest import Person
from tests.performance.load import Result
from tests.performance.people import public_url, somebody

CHANGES = 200


@dataclass
class Times:
    """Seconds: until the change was answered, and until the socket delivered it."""

    answered: list[float] = field(default_factory=list[float])
    received: list[float] = field(default_factory=list[float])


def bench() -> None:
    """Prints the latencies of one change after the other on an idle stack."""
    times = asyncio.run(_measure(somebody()))
    answered, received = (Result(1, sorted(each), 0) for each in (times.answered, times.received))
    print(f"\nPATCH /api/profile → open WebSocket of the same user, {CHANGES} changes one after the other")
    print(f"{'':42}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>7}")
    for name, result in (("the change is answered", answered), ("another tab has heard of it", received)):
        p50 = result.percentile(0.5)
        p99 = result.percentile(0.99)
        print(f"{name:42}{p50:>9.1f}{p99:>9.1f}{p50 / answered.percentile(0.5):>7.2f}", flush=True)


async def _measure(person: Person) -> Times:
    address = public_url().replace("http", "ws", 1) + "/ws/notifications"
    times = Times()
    async with (
        connect(address, additional_headers=person.headers) as socket,
        httpx.AsyncClient(base_url=public_url(), headers=person.headers) as api,
    ):
        for number in range(-5, CHANGES):  # the first ones warm up
            bio = f"change {number}"
            before = time.perf_counter()
            received = asyncio.create_task(_received(socket, bio))
            (await api.patch("/api/profile", json={"bio": bio})).raise_for_status()
            answered = time.perf_counter() - before
            at = await asyncio.wait_for(received, 10)
            if number >= 0:
                times.answered.append(answered)
                times.received.append(at - before)
    return times


async def _received(socket: ClientConnection, bio: str) -> float:
    """When the socket delivered the profile with `bio`."""
    async for text in socket:
        message = json.loads(text)
        if message["type"] == "profile.updated" and message["data"]["bio"] == bio:
            return time.perf_counter()
    raise ConnectionError("the socket was closed")
