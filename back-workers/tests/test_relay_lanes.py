"""A backlog is shared by the relay's two lanes; a single event is no work for both."""

from collections import defaultdict
from typing import Any, cast

import asyncpg
import pytest
from tests.processes import Processes

from stack.native.servers import Place
from tests.waiting import until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]

BACKLOG, AGGREGATES = 2000, 50
CONNECT: Any = cast("Any", asyncpg).connect
FILL = """
    INSERT INTO outbox (type, aggregate_id, data)
    SELECT 'backlog.grown', $1 || n % $2, jsonb_build_object('n', n) FROM generate_series(1, $3) AS n
"""
WAITING = "SELECT count(*) FROM outbox WHERE aggregate_id LIKE $1 || '%' AND published_at IS NULL"
LANES = "SELECT count(DISTINCT claimed_by) FROM outbox WHERE aggregate_id LIKE $1 || '%'"


async def test_a_backlog_goes_out_by_both_lanes_once_and_in_order(world: Processes, postgres_server: Place) -> None:
    password = postgres_server.secret("postgres/superuser_password")
    sql = await CONNECT(
        host=postgres_server.host, port=postgres_server.port, user="postgres", password=password, database="dashboard"
    )

    async def sent(prefix: str, count: int) -> int:
        """By how many lanes."""
        await sql.execute(FILL, prefix, AGGREGATES, count)

        async def all_out() -> bool:
            return not await sql.fetchval(WAITING, prefix)

        await until(all_out, f"{count} events are out", seconds=45)
        return await sql.fetchval(LANES, prefix)

    world.start("events", EVENT_JOBS="relay")
    assert await sent("single-", 1) == 1
    assert await sent("backlog-", BACKLOG) == 2
    assert await sent("after-", 1) == 1
    await sql.close()
    numbers = defaultdict[str, list[int]](list)
    for event in await world.events("backlog"):
        numbers[event["aggregate_id"]].append(event["data"]["n"])
    assert len(numbers) == AGGREGATES + 2
    assert all(found == sorted(set(found)) for found in numbers.values())
    assert sum(map(len, numbers.values())) == BACKLOG + 2
