"""A real back-websockets process over a real Redis server; its HTTP peers run in the test."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from redis.asyncio import Redis
from tests.peers import Peers, running
from websockets.asyncio.client import ClientConnection, connect

from back_redis.live_envelope import live_channel, pack
from shared.models.notification import LiveMessage
from shared.utils.ids import new_id
from stack.native.servers import TESTS_PASSWORD, Place
from stack.ports import free_ports
from tests.servers import redis_server, servers_folder
from tests.services import Process, answers, start
from tests.waiting import PATIENCE_SECONDS, until

__all__ = ["redis_server", "servers_folder"]
Received = Callable[[ClientConnection, int], Awaitable[list[dict[str, Any]]]]
ORIGIN = "http://localhost:8000"
ADMIN_ORIGIN = "http://admin.localhost:8000"


def progress(data: dict[str, Any]) -> dict[str, Any]:
    return {"type": "task.progress", "id": new_id(), "data": data, "created_at": "2026-11-23T10:00:00Z"}


@dataclass
class Service:
    """The process, and how tests talk to it."""

    port: int
    process: Process
    peers: Peers
    redis: Any

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/notifications"

    @property
    def stream_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/ws/notifications/stream"

    def open(self, token: str | None, *, last_id: str | None = None, **options: Any) -> connect:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        query = f"?last_id={last_id}" if last_id else ""
        return connect(self.url + query, additional_headers=headers | options.pop("headers", {}), **options)

    async def announce(self, notification: dict[str, Any]) -> None:
        """What back-workers publishes after it has stored a notification."""
        message = {
            "type": "notification.created",
            "id": notification["id"],
            "data": notification,
            "created_at": notification["created_at"],
        }
        await self._publish(notification["user_id"], message)

    async def publish_progress(self, user_id: str, **data: Any) -> dict[str, Any]:
        """A live message that is stored nowhere, so that it comes live or not at all."""
        message = progress(data)
        await self._publish(user_id, message)
        return message

    async def publish_at_once(self, user_id: str, count: int) -> None:
        """So many of them in one write to Redis, numbered `n`."""
        await self._publish(user_id, *(progress({"n": number}) for number in range(count)))

    async def _publish(self, user_id: str, *messages: dict[str, Any]) -> None:
        pipe = self.redis.pipeline(transaction=False)
        for message in messages:
            for channel, payload in pack([user_id], LiveMessage.model_validate(message)):
                pipe.publish(channel, payload)
        await pipe.execute()

    async def listening(self, user_id: str, sockets: int = 1) -> None:
        """Waits until the process listens to the user's shard, or (with 0) does so no longer."""

        async def arrived() -> bool:
            return (await self.redis.pubsub_numsub(live_channel(user_id)))[0][1] == sockets

        await until(arrived, f"{sockets} subscription of this user's shard")

    async def metric(self, name: str) -> float:
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{self.port}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name) and line[0] != "#")


@asynccontextmanager
async def started(redis: Place, peers: Peers, **settings: str) -> AsyncGenerator[Service]:
    (port,) = free_ports(1)
    environment = {
        "PORT": str(port), "REDIS_HOST": redis.host, "REDIS_PORT": str(redis.port),
        "SECRETS_DIR": str(redis.secrets / "back-websockets"), "BACK_AUTH_URL": peers.url,
        "BACK_CASSANDRA_URL": peers.url, "PUBLIC_URL": ORIGIN, "ADMIN_URL": ADMIN_ORIGIN,
    }  # fmt: skip
    process = start("back-websockets", environment | settings)
    client = Redis(host=redis.host, port=redis.port, username="tests", password=TESTS_PASSWORD)
    try:
        await until(lambda: asyncio.to_thread(answers, f"http://127.0.0.1:{port}/health"), "back-websockets answers")
        yield Service(port, process, peers, client)
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 15)
        await client.aclose()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def peers() -> AsyncGenerator[Peers]:
    async with running() as known:
        yield known


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def service(redis_server: Place, peers: Peers) -> AsyncGenerator[Service]:
    async with started(redis_server, peers, CONNECTIONS_PER_USER="3") as service:
        yield service
        ready = await asyncio.to_thread(answers, f"http://127.0.0.1:{service.port}/health/ready")
        assert ready, "its background work has ended"


@pytest.fixture
def user_id() -> str:
    """Nobody else's."""
    return new_id()


@pytest.fixture
def received() -> Received:
    """Receives `count` messages of a socket; fails when they do not come."""

    async def receive(socket: ClientConnection, count: int) -> list[dict[str, Any]]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return [json.loads(await socket.recv()) for _ in range(count)]

    return receive
