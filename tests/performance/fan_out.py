"""Fan-out to open sockets against `websockets`' own broadcast() and python-socketio, and what 10,000 idle sockets cost.

Needs no stack: `python -m tests.performance.fan_out` starts what it measures, each in a process of its own. Compared is the
processor time of the server for a delivery, since on one core that is what bounds it; time on the clock stands beside it.
"""

import asyncio
import contextlib
import json
import os
import socket
import statistics
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import psutil
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from back_redis.connection import RedisConnection
from back_redis.pubsub import LivePublisher
from shared.models.notification import LiveMessage
from shared.security.jwt import generate_jwt, public_jwk
from shared.utils.ids import new_id
from stack.native import servers
from stack.native.servers import TESTS_PASSWORD, Place
from stack.paths import ROOT
from stack.ports import free_ports
from tests.served import served
from tests.services import answers, start
from tests.waiting import until

OURS = "back-websockets"
BROADCAST = "websockets broadcast()"
SOCKETIO = "python-socketio"
SOCKETS = 2000
MESSAGES = 10
ROUNDS = 5
IDLE = 10_000
PADDING = "x" * 170  # for messages of 300 bytes


@dataclass
class Contestant:
    """A server with open sockets: `send(n)` makes it send n messages to each; `frame` is a message's length on the wire."""

    process: psutil.Process
    receivers: "Receivers"
    send: Callable[[int], Awaitable[None]]
    frame: int

    async def round(self, at_once: int) -> "Round":
        """MESSAGES messages, `at_once` of them back to back; the next ones when those have arrived."""
        before = self.process.cpu_times()
        began = time.perf_counter()
        for _ in range(MESSAGES // at_once):
            await self.receivers.expect(SOCKETS * at_once * self.frame)
            await self.send(at_once)
            await self.receivers.done()
        after = self.process.cpu_times()
        seconds = time.perf_counter() - began
        busy = after.user + after.system - before.user - before.system
        return Round(SOCKETS * MESSAGES / seconds, busy * 1e6 / (SOCKETS * MESSAGES))


@dataclass
class Round:
    """Deliveries a second, and microseconds of the server's processor time for one."""

    per_second: float
    microseconds: float


class Receivers:
    """`receivers.py` as a process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin
        assert process.stdout
        self._process = process
        self._to = process.stdin
        self._from = process.stdout

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, port: int, requests: list[str], words: tuple[str, ...] = ()) -> AsyncGenerator["Receivers"]:
        """One socket for each of `requests`, all open, until the end of the block."""
        command = (sys.executable, "-m", "tests.performance.receivers")
        process = await asyncio.create_subprocess_exec(*command, stdin=-1, stdout=-1, cwd=ROOT)
        receivers = cls(process)
        try:
            await receivers._ask(json.dumps({"port": port, "requests": requests, "words": words}))
            yield receivers
        finally:
            with contextlib.suppress(ProcessLookupError):  # it has ended by itself
                process.terminate()
            await process.wait()

    async def expect(self, count: int) -> None:
        """From now on `count` bytes in all are to arrive."""
        await self._ask(str(count))

    async def done(self) -> None:
        """Returns when they have."""
        assert await self._from.readline(), "the receivers have failed"

    async def _ask(self, line: str) -> None:
        self._to.write(f"{line}\n".encode())
        await self._to.drain()
        await self.done()


def handshake(path: str, token: str = "") -> str:
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    return (
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{authorization}"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )


def message() -> LiveMessage:
    return LiveMessage(type="notification.created", id=new_id(), data={"p": PADDING}, created_at=datetime.now(UTC))


def frame_length(payload: int) -> int:
    return payload + (4 if payload > 125 else 2)


@dataclass(frozen=True)
class BackWebsockets:
    """A process of ours over a Redis of its own, and who may log in to it."""

    place: Place
    port: int
    process: psutil.Process
    key: rsa.RSAPrivateKey

    @classmethod
    @contextlib.asynccontextmanager
    async def running(cls, place: Place) -> AsyncGenerator["BackWebsockets"]:
        key = rsa.generate_private_key(65537, 2048)

        async def keys(_: web.Request) -> web.Response:
            return web.json_response({"keys": [public_jwk(key.public_key(), "k1")]})

        app = web.Application()
        app.router.add_get("/.well-known/jwks.json", keys)
        (port,) = free_ports(1)
        async with served(app) as url:
            environment = {
                    "PORT": str(port), "REDIS_HOST": place.host, "REDIS_PORT": str(place.port), "LOG_LEVEL": "WARNING",
                    "SECRETS_DIR": str(place.secrets / "back-websockets"), "BACK_AUTH_URL": url, "BACK_CASSANDRA_URL": url,
                    "PUBLIC_URL": "http://localhost:8000", "ADMIN_URL": "http://admin.localhost:8000",
                }  # fmt: skip
            process = start("back-websockets", environment)
            try:
                health = f"http://127.0.0.1:{port}/health/ready"
                await until(lambda: asyncio.to_thread(answers, health), "back-websockets answers")
                server = cls(place, port, psutil.Process(process.pid), key)
                await until(lambda: asyncio.to_thread(server.knows_its_keys), "it verifies tokens")
                yield server
            finally:
                process.terminate()
                await asyncio.to_thread(process.wait)

    def token(self, user_id: str) -> str:
        now = int(time.time())
        return generate_jwt(user_id, "user", session_id=user_id, permissions=[], key=self.key, key_id="k1", now=now)

    def knows_its_keys(self) -> bool:
        headers = {"Authorization": f"Bearer {self.token(new_id())}"}
        return httpx.post(f"http://127.0.0.1:{self.port}/ws/tickets", headers=headers).status_code == 201

    def requests(self, user_ids: list[str]) -> list[str]:
        """A handshake for each, logged in."""
        return [handshake("/ws/notifications", self.token(user_id)) for user_id in user_ids]


@contextlib.asynccontextmanager
async def ours(place: Place) -> AsyncGenerator[Contestant]:
    users = [new_id() for _ in range(SOCKETS)]
    async with BackWebsockets.running(place) as server:
        redis = RedisConnection(
            host=server.place.host, port=server.place.port, username="tests", password=TESTS_PASSWORD
        )
        async with redis, Receivers.open(server.port, server.requests(users)) as receivers:
            publisher = LivePublisher(redis)

            async def send(count: int) -> None:
                for _ in range(count):
                    await publisher.send(users, message())

            yield Contestant(server.process, receivers, send, frame_length(len(message().model_dump_json())))


@contextlib.asynccontextmanager
async def other(name: str, path: str, text: str, payload: int, *words: str) -> AsyncGenerator[Contestant]:
    """A server of `broadcasters.py`."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "tests.performance.broadcasters", name]
    environment = os.environ | {"PORT": str(port), "TEXT": text}
    process = await asyncio.create_subprocess_exec(*command, stdin=-1, cwd=ROOT, env=environment)
    assert process.stdin
    orders = process.stdin
    try:
        await until(lambda: asyncio.to_thread(_listens, port), f"{name} listens")
        async with Receivers.open(port, [handshake(path)] * SOCKETS, words) as receivers:

            async def send(count: int) -> None:
                orders.write(f"{count}\n".encode())

            yield Contestant(psutil.Process(process.pid), receivers, send, frame_length(payload))
    finally:
        process.terminate()
        await process.wait()


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


async def _fan_out(place: Place) -> dict[int, dict[str, list[Round]]]:
    """By how many messages come at once, of each contestant."""
    text = message().model_dump_json()
    event = f"42{json.dumps(['message', json.loads(text)], separators=(',', ':'))}"
    async with (
        ours(place) as own,
        other("websockets", "/", text, len(text)) as broadcast,
        other("socketio", "/socket.io/?EIO=4&transport=websocket", text, len(event), "40") as socketio,
    ):
        contestants = {OURS: own, BROADCAST: broadcast, SOCKETIO: socketio}
        rounds = {at_once: {name: list[Round]() for name in contestants} for at_once in (1, MESSAGES)}
        for number in range(ROUNDS):
            for at_once, results in rounds.items():
                for name, contestant in contestants.items():
                    result = await contestant.round(at_once)
                    if number:  # the first one warms up
                        results[name].append(result)
        return rounds


async def _idle(place: Place) -> tuple[float, float]:
    """Megabytes of the process with nobody and with everybody connected."""
    async with BackWebsockets.running(place) as server:
        before = server.process.memory_info().rss
        requests = server.requests([new_id() for _ in range(IDLE)])
        async with Receivers.open(server.port, requests):
            return before / 1e6, server.process.memory_info().rss / 1e6


def bench() -> None:
    """Prints the comparison."""
    with servers.scratch() as folder, servers.valkey(folder) as place:
        rounds = asyncio.run(_fan_out(place))
        (nobody, everybody) = asyncio.run(_idle(place))
    print(f"\n300-byte messages to {SOCKETS:,} sockets, {MESSAGES} a round; {ROUNDS - 1} rounds, medians")
    for at_once, results in rounds.items():
        _print(f"{at_once} at once" if at_once > 1 else "one at a time", results)
    each = (everybody - nobody) * 1000 / IDLE
    print(f"MB for {IDLE:,} idle connections: {everybody:.0f} (with none {nobody:.0f}; {each:.1f} KB each)", flush=True)


def _print(title: str, rounds: dict[str, list[Round]]) -> None:
    print(f"{title:42}{'deliveries/s':>14}{'µs each':>9}{'ratio':>7}")
    for name, results in rounds.items():
        per_second = statistics.median(result.per_second for result in results)
        each = statistics.median(result.microseconds for result in results)
        print(f"{name:42}{per_second:>14,.0f}{each:>9.1f}{_ratio(rounds[BROADCAST], results):>7.2f}", flush=True)
    for base, name in (("websockets broadcast", BROADCAST), ("python-socketio", SOCKETIO)):
        print(f"fan-out vs {base}, {title}: ratio {_ratio(rounds[name], rounds[OURS]):.2f}")


def _ratio(base: list[Round], results: list[Round]) -> float:
    """How many deliveries `results` makes in the processor time in which `base` makes one."""
    pairs = zip(base, results, strict=True)
    return statistics.median(other.microseconds / result.microseconds for other, result in pairs)


if __name__ == "__main__":
    bench()
