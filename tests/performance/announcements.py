"""An announcement to very many: how long it takes, and what others notice of it. By option: `BENCH_RECIPIENTS=100000 make bench`.

The recipients are rows of the bench's own with the role `billing-admin`, which go at the end. What others notice is the
p99 of `GET /api/profile` over two connections, against the same a moment before.
"""

import asyncio
import contextlib
import os
import time
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from typing import Any, cast

import asyncpg
import httpx

from shared.utils.ids import new_id
from stack import settings
from tests.integration.conftest import Person, demo_account
from tests.performance import load
from tests.performance.load import Call, Result
from tests.performance.people import public_url, somebody

CONNECTIONS = 2
ROLE = "billing-admin"
MAKE = (
    "INSERT INTO users (email, role) SELECT 'bench-' || n || '@example.invalid', $2 FROM generate_series(1, $1::int) n"
)
REMOVE = "DELETE FROM users WHERE email LIKE 'bench-%@example.invalid'"
_connect = cast("Callable[..., Awaitable[Any]]", asyncpg.connect)  # pyright: ignore[reportUnknownMemberType]


def bench() -> None:
    """Prints seconds and percentiles; nothing without the option."""
    count = int(os.environ.get("BENCH_RECIPIENTS") or 0)
    if not count:
        return
    call = Call(f"{public_url()}/api/profile", somebody().headers)
    with _recipients(count), httpx.Client(base_url=public_url(), timeout=20) as api:
        load.run(call, connections=CONNECTIONS)  # warms up
        idle = load.run(call, connections=CONNECTIONS, seconds=10)
        busy, announcement, seconds = _announce(api, demo_account(api, "admin"), call)
    print(
        f"\nannouncement to {announcement['recipients']:,}, {announcement['delivered']:,} delivered in {seconds:.1f} s",
        end="",
    )
    print(f" ({announcement['delivered'] / seconds:,.0f} a second)")
    print(f"{'GET /api/profile, ' + str(CONNECTIONS) + ' connections':42}{'per second':>12}{'p50 ms':>9}{'p99 ms':>9}")
    for name, result in (("idle", idle), ("meanwhile", busy)):
        p50 = result.percentile(0.5)
        p99 = result.percentile(0.99)
        print(f"{name:42}{result.per_second:>12,.1f}{p50:>9.1f}{p99:>9.1f}", flush=True)


def _announce(api: httpx.Client, admin: Person, call: Call) -> tuple[Result, dict[str, Any], float]:
    headers = admin.headers | {"Idempotency-Key": new_id()}
    body = {"title": "Bench", "body": "For many.", "audience": {"roles": [ROLE]}}
    made = api.post("/api/announcements", headers=headers, json=body).raise_for_status()
    started = time.perf_counter()
    slices: list[Result] = []
    while True:
        slices.append(load.run(call, connections=CONNECTIONS, seconds=0.5))
        announcement = api.get(made.headers["Location"], headers=headers).raise_for_status().json()
        if announcement["state"] in ("succeeded", "failed"):
            break
    seconds = time.perf_counter() - started
    latencies = sorted(latency for each in slices for latency in each.latencies)
    return Result(seconds, latencies, sum(each.failures for each in slices)), announcement, seconds


@contextlib.contextmanager
def _recipients(count: int) -> Generator[None]:
    asyncio.run(_execute(MAKE, count, ROLE))
    try:
        yield
    finally:
        asyncio.run(_execute(REMOVE))


async def _execute(statement: str, *values: object) -> None:
    password = (Path(os.environ["E2E_SECRETS"]) / "back-postgres" / "postgres_app_password").read_text().strip()
    where: dict[str, Any] = {"host": "127.0.0.1", "port": settings.load().ports["POSTGRES"], "database": "dashboard"}
    session = await _connect(user="dashboard_app", password=password, **where)
    try:
        await session.execute(statement, *values)
    finally:
        await session.close()
