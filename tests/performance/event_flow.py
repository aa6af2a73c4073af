"""From outbox to handled: relay, back-postgres and one consumer, against a bare loop over the same Redis in the same run.

Alone: `python -m tests.performance.event_flow [events ...]`, for example `100000 1000000`; it starts servers of its own.
"""

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any, cast

import asyncpg
from aiohttp import web
from redis.asyncio import Redis

from stack.native import servers
from stack.native.servers import TESTS_PASSWORD, Place
from stack.paths import ROOT
from stack.ports import free_ports
from tests.performance.event_consumer import GROUP
from tests.served import served
from tests.service_callers import Signing
from tests.services import Process, answers, back_postgres, start
from tests.waiting import until

EVENTS = 30_000
ROUNDS = 3
CONNECT: Any = cast("Any", asyncpg).connect
BATCH = 500
STREAM = "events:user"
AGGREGATES = 20_000
FILL = """
    INSERT INTO outbox (type, aggregate_id, user_id, data)
    SELECT 'user.registered', 'user-' || n % $2, uuidv7(),
        jsonb_build_object('user', jsonb_build_object('id', 'user-' || n % $2, 'email', n || '@example.com', 'name', 'Ann'))
    FROM generate_series(1, $1) AS n
"""


def bench(*sizes: int) -> None:
    """Prints both, and the relay's largest memory."""
    with servers.scratch() as folder, servers.postgres(folder) as postgres, servers.valkey(folder) as redis:
        asyncio.run(_bench(postgres, redis, sizes or (EVENTS,)))


async def _bench(postgres: Place, redis: Place, sizes: tuple[int, ...]) -> None:
    async with _servers(postgres, redis) as servers:
        bare = [await servers.bare(EVENTS) for _ in range(ROUNDS)]
        base = sorted(bare)[ROUNDS // 2]
        print(f"\nEvents from outbox to handled: relay, back-postgres, one consumer; medians of {ROUNDS} rounds")
        print(f"{'':42}{'per second':>12}{'ratio':>7}{'relay MiB':>11}")
        print(f"{'XADD, XREADGROUP, XACK by 500, bare':42}{base:>12,.0f}{1:>7.2f}", flush=True)
        for size in sizes:
            runs = [
                await servers.flow(size) for _ in range(ROUNDS if size <= EVENTS else 1)
            ]  # a million takes its time
            rate = sorted(rate for rate, _ in runs)[len(runs) // 2]
            peak = max(peak for _, peak in runs)
            print(f"{f'outbox of {size:,} to handled':42}{rate:>12,.0f}{rate / base:>7.2f}{peak:>11.0f}", flush=True)


class Servers:
    """The servers, and how to start what is measured on them."""

    def __init__(self, sql: Any, redis: Any, environment: dict[str, str]) -> None:
        self._sql = sql
        self._redis = redis
        self._environment = environment

    async def bare(self, count: int) -> float:
        """Events a second through Redis alone, with an event's text of the usual size."""
        await self._redis.flushdb()
        await self._redis.xgroup_create(STREAM, GROUP, "0", mkstream=True)
        text = "x" * 450
        started = time.perf_counter()
        for _ in range(count // BATCH):
            pipe = self._redis.pipeline(transaction=True)
            for _ in range(BATCH):
                pipe.xadd(STREAM, {"event": text})
            await pipe.execute()
            ((_, entries),) = await self._redis.xreadgroup(GROUP, "bare", {STREAM: ">"}, count=BATCH)
            await self._redis.xack(STREAM, GROUP, *(entry_id for entry_id, _ in entries))
        return count / (time.perf_counter() - started)

    async def flow(self, count: int) -> tuple[float, float]:
        """Events a second from their commit until all are handled and marked, and the relay's peak memory in MiB."""
        await self._redis.flushdb()
        await self._sql.execute("TRUNCATE outbox, outbox_partitions")
        with self._relay() as relay, self._consumer():
            await until(self._reads, "the consumer reads")
            await self._sql.execute(FILL, count, AGGREGATES, timeout=600)
            started = time.perf_counter()
            await until(lambda: self._handled(count), "all are handled", seconds=600)
            taken = time.perf_counter() - started
            return count / taken, _peak(relay.pid)

    async def _reads(self) -> bool:
        return bool(await self._redis.exists(STREAM)) and bool(await self._redis.xinfo_consumers(STREAM, GROUP))

    async def _handled(self, count: int) -> bool:
        (group,) = await self._redis.xinfo_groups(STREAM)
        if group["lag"] or group["pending"] or group["entries-read"] != count:
            return False
        return not await self._sql.fetchval("SELECT EXISTS (SELECT FROM outbox WHERE published_at IS NULL)")

    @contextlib.contextmanager
    def _relay(self) -> Generator[Process]:
        process = start("back-workers", self._environment | {"EVENT_JOBS": "relay,watch"}, "events")
        try:
            yield process
        finally:
            process.terminate()
            process.wait()

    @contextlib.contextmanager
    def _consumer(self) -> Generator[None]:
        environment = os.environ | self._environment | {"PYTHONPATH": f"{ROOT / 'back-workers'}:{ROOT}"}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.performance.event_consumer"], env=environment, cwd=ROOT
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait()


@contextlib.asynccontextmanager
async def _servers(postgres: Place, redis: Place) -> AsyncGenerator[Servers]:
    signing = Signing.from_secrets(redis.secrets)

    async def issue(request: web.Request) -> web.Response:
        token = signing.token("back-workers", str((await request.post())["audience"]))
        return web.json_response({"access_token": token, "token_type": "Bearer", "expires_in": 300})

    app = web.Application()
    app.router.add_post("/internal/service-tokens", issue)
    (port,) = free_ports(1)
    password = postgres.secret("postgres/superuser_password")
    client: Any = Redis(
        host=redis.host, port=redis.port, username="tests", password=TESTS_PASSWORD, decode_responses=True
    )
    async with served(app) as issuer:
        with back_postgres(postgres) as url:
            assert answers(f"{url}/health/ready")
            sql = await CONNECT(
                host=postgres.host, port=postgres.port, user="postgres", password=password, database="dashboard"
            )
            try:
                yield Servers(sql, client, _environment(redis, url, issuer, port))
            finally:
                await sql.close()
                await client.aclose()


def _environment(redis: Place, back_postgres_url: str, issuer: str, port: int) -> dict[str, str]:
    return {
        "PORT": str(port), "REDIS_HOST": redis.host, "REDIS_PORT": str(redis.port), "LOG_LEVEL": "ERROR",
        "REDIS_PASSWORD": redis.secret("back-workers/redis_password"), "SECRETS_DIR": str(redis.secrets / "back-workers"),
        "BACK_POSTGRES_URL": back_postgres_url, "BACK_AUTH_URL": issuer, "BACK_API_URL": issuer, "BACK_CASSANDRA_URL": issuer,
        "SMTP_HOST": "127.0.0.1", "MAIL_FROM": "no-reply@example.com", "PUBLIC_URL": "http://localhost",
    }  # fmt: skip


def _peak(pid: int) -> float:
    """The largest resident memory that the process had, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    bench(*map(int, sys.argv[1:]))
