"""Real processes of back-postgres and back-workers, to be killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from celery import Celery
from redis.asyncio import Redis
from tests.neighbours import Neighbours

from shared.utils.ids import new_id
from stack.native.servers import TESTS_PASSWORD, Place
from stack.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Processes:
    """Starts processes with everything that they need to know, and ends those that are left."""

    redis_place: Place
    postgres_place: Place
    neighbours: Neighbours
    http: aiohttp.ClientSession
    redis: Any
    back_postgres: str = ""
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list["subprocess.Popen[bytes]"])

    async def start(self, role: str, **changes: str) -> "subprocess.Popen[bytes]":
        """`worker`, `beat` or `events` of back-workers; `changes` are environment variables."""
        (port,) = free_ports(1)
        environment = {
            "PORT": str(port), "REDIS_HOST": self.redis_place.host, "REDIS_PORT": str(self.redis_place.port),
            "SECRETS_DIR": str(self.redis_place.secrets / "back-workers"), "BACK_POSTGRES_URL": self.back_postgres,
            "BACK_API_URL": self.neighbours.url, "BACK_CASSANDRA_URL": self.neighbours.url,
            "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(self.neighbours.smtp_port),
            "MAIL_FROM": "no-reply@example.com", "PUBLIC_URL": "http://localhost:8000",
            "BILLING_CHUNK": "10", "BILLING_LEASE_SECONDS": "2", "EVENT_CLAIM_SECONDS": "1",
        }  # fmt: skip
        return await self.spawn(["back-workers/main.py", role], environment | changes)

    async def spawn(self, command: list[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
        process = await asyncio.to_thread(
            subprocess.Popen,
            [sys.executable, *command],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
            start_new_session=True,
        )
        self.running.append(process)
        return process

    async def start_back_postgres(self) -> None:
        (port,) = free_ports(1)
        place = self.postgres_place
        environment = {
            "PORT": str(port), "POSTGRES_HOST": place.host, "POSTGRES_PORT": str(place.port),
            "POSTGRES_DB": "dashboard", "SECRETS_DIR": str(place.secrets / "back-postgres"), "LOG_LEVEL": "WARNING",
        }  # fmt: skip
        await self.spawn(["back-postgres/main.py"], environment)
        self.back_postgres = f"http://127.0.0.1:{port}"
        await eventually(self._is_ready, seconds=60)

    async def _is_ready(self) -> bool:
        try:
            async with self.http.get(self.back_postgres + "/health/ready") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def call(self, method: str, path: str, json: Any = None) -> Any:
        """back-postgres' answer."""
        async with self.http.request(method, self.back_postgres + path, json=json) as answer:
            assert answer.status < 400, await answer.text()
            return await answer.json() if answer.status != 204 else None

    async def send_task(self, name: str, *args: str) -> None:
        """As back-api does it."""
        place = self.redis_place
        password = place.secret("back-api/redis_password")
        client: Any = Celery("back-api", broker=f"redis://back-api:{password}@{place.host}:{place.port}/0")
        client.conf.update(broker_transport_options={"global_keyprefix": "celery:"}, task_ignore_result=True)
        await asyncio.to_thread(client.send_task, name, args=args)
        client.close()

    async def register(self) -> tuple[str, str]:
        """A new account: its id and address."""
        email = f"{new_id()}@example.com"
        body = {"email": email, "password_hash": "x", "name": "Ann", "attempted_at": "2026-11-23T10:00:00Z"}
        return (await self.call("POST", "/internal/users/register", body))["user_id"], email


def kill(process: "subprocess.Popen[bytes]") -> None:
    """kill -9 of the process and its children, at once."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


async def eventually(condition: Callable[[], Any], seconds: float = 45) -> Any:
    """What `condition` (awaitable or not) answers, once it is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        result = condition()
        if asyncio.iscoroutine(result):
            result = await result
        if result:
            return result
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen in time")


@asynccontextmanager
async def processes(redis: Place, postgres: Place, neighbours: Neighbours) -> AsyncGenerator[Processes]:
    client: Any = Redis(
        host=redis.host, port=redis.port, username="tests", password=TESTS_PASSWORD, decode_responses=True
    )
    async with aiohttp.ClientSession() as http:
        known = Processes(redis, postgres, neighbours, http, client)
        await known.start_back_postgres()
        try:
            yield known
        finally:
            for process in known.running:
                if process.poll() is None:
                    kill(process)
            await client.aclose()
