"""Real processes of back-workers, to be killed."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from celery import Celery
from redis.asyncio import Redis
from tests.neighbours import Neighbours

from shared.utils.ids import new_id
from stack.native.servers import TESTS_PASSWORD, Place
from stack.ports import free_ports
from tests.service_callers import DeclaredCaller, Signing
from tests.services import Process, start


@dataclass
class Processes:
    """Starts processes with everything that they need to know, and ends those that are left."""

    redis_place: Place
    back_postgres: str
    neighbours: Neighbours
    http: aiohttp.ClientSession
    redis: Any
    caller: DeclaredCaller
    running: list[Process] = field(default_factory=list[Process])

    def start(self, role: str, **changes: str) -> Process:
        """`worker`, `beat` or `events` of back-workers; `changes` are environment variables."""
        (port,) = free_ports(1)
        environment = {
            "PORT": str(port), "REDIS_HOST": self.redis_place.host, "REDIS_PORT": str(self.redis_place.port),
            "SECRETS_DIR": str(self.redis_place.secrets / "back-workers"), "BACK_POSTGRES_URL": self.back_postgres,
            "BACK_API_URL": self.neighbours.url, "BACK_AUTH_URL": self.neighbours.url, "BACK_CASSANDRA_URL": self.neighbours.url,
            "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(self.neighbours.smtp_port),
            "MAIL_FROM": "no-reply@example.com", "PUBLIC_URL": "http://localhost:8000",
            "BILLING_CHUNK": "10", "BILLING_LEASE_SECONDS": "2", "EVENT_CLAIM_SECONDS": "1",
            "OUTBOX_LEASE_SECONDS": "6", "BEAT_LEASE_SECONDS": "5", "SWEEP_SECONDS": "2",
        }  # fmt: skip
        self.running.append(start("back-workers", environment | changes, role))
        return self.running[-1]

    def end(self) -> None:
        """Kills what still runs."""
        while self.running:
            kill(self.running.pop())

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """back-postgres' answer."""
        headers = self.caller.headers(method, path.partition("?")[0])
        async with self.http.request(method, self.back_postgres + path, json=body, headers=headers) as answer:
            assert answer.status < 400, await answer.text()
            return await answer.json() if answer.status != 204 else None

    async def send_task(self, name: str, *args: str, queue: str = "celery") -> None:
        """As back-api does it."""
        place = self.redis_place
        password = place.secret("back-api/redis_password")
        client: Any = Celery("back-api", broker=f"redis://back-api:{password}@{place.host}:{place.port}/0")
        client.conf.update(broker_transport_options={"global_keyprefix": "celery:"}, task_ignore_result=True)
        await asyncio.to_thread(client.send_task, name, args=args, queue=queue)
        client.close()

    async def events(self, family: str) -> list[dict[str, Any]]:
        """What was appended to the family's stream."""
        return [json.loads(fields["event"]) for _, fields in await self.redis.xrange(f"events:{family}")]

    async def register(self) -> tuple[str, str]:
        """A new account: its id and address."""
        email = f"{new_id()}@example.com"
        body = {"email": email, "password_hash": "x", "name": "Ann", "attempted_at": "2026-11-23T10:00:00Z"}
        return (await self.call("POST", "/internal/users/register", body))["user_id"], email


def kill(process: Process) -> None:
    """kill -9 of the process and its children, at once."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@asynccontextmanager
async def running_processes(redis: Place, back_postgres: str, neighbours: Neighbours) -> AsyncGenerator[Processes]:
    client: Any = Redis(
        host=redis.host, port=redis.port, username="tests", password=TESTS_PASSWORD, decode_responses=True
    )
    async with aiohttp.ClientSession() as http:
        caller = DeclaredCaller("back-postgres", Signing.from_secrets(redis.secrets))
        neighbours.back_postgres = back_postgres
        known = Processes(redis, back_postgres, neighbours, http, client, caller)
        try:
            yield known
        finally:
            known.end()
            await client.aclose()
