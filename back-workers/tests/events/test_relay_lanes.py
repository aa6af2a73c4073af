"""A backlog is shared by the relay's two lanes, and survives both; a single event is no work for both."""

from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from typing import Any, cast

import asyncpg
import pytest
import pytest_asyncio
from tests.processes import Processes, kill

from stack.native.servers import Place
from tests.waiting import until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]

BACKLOG = 2000
MANY = 20_000
AGGREGATES = 50
FAMILY = "backlog"
CONNECT: Any = cast("Any", asyncpg).connect
FILL = """
    INSERT INTO outbox (type, aggregate_id, data)
    SELECT 'backlog.grown', $1 || n % $2, jsonb_build_object('n', n) FROM generate_series(1, $3) AS n
"""
WAITING = "SELECT count(*) FROM outbox WHERE aggregate_id LIKE $1 || '%' AND published_at IS NULL"
LANES = "SELECT count(DISTINCT claimed_by) FROM outbox WHERE aggregate_id LIKE $1 || '%'"


@pytest_asyncio.fixture(loop_scope="session")
async def sql(postgres_server: Place) -> AsyncGenerator[Any]:
    password = postgres_server.secret("postgres/superuser_password")
    where = {"host": postgres_server.host, "port": postgres_server.port, "database": "dashboard"}
    connection = await CONNECT(user="postgres", password=password, **where)
    yield connection
    await connection.close()


async def are_out(sql: Any, prefix: str) -> bool:
    return not await sql.fetchval(WAITING, prefix)


async def test_a_backlog_goes_out_by_both_lanes_once_and_in_order(processes: Processes, sql: Any) -> None:
    async def lanes(prefix: str, count: int) -> int:
        """That have sent so many events."""
        await sql.execute(FILL, prefix, AGGREGATES, count)
        await until(lambda: are_out(sql, prefix), f"{count} events are out")
        return await sql.fetchval(LANES, prefix)

    processes.start("events", EVENT_JOBS="relay")
    assert await lanes("single-", 1) == 1
    assert await lanes("backlog-", BACKLOG) == 2
    assert await lanes("after-", 1) == 1
    sent = numbers(await processes.events(FAMILY))
    assert len(sent) == AGGREGATES + 2
    assert all(found == sorted(set(found)) for found in sent.values())
    assert sum(map(len, sent.values())) == BACKLOG + 2


async def test_killed_amid_a_backlog_it_leaves_nothing_behind_and_no_aggregate_in_disorder(
    processes: Processes, sql: Any
) -> None:
    async def some_are_out() -> bool:
        return await sql.fetchval(WAITING, "killed-") < MANY

    await sql.execute(FILL, "killed-", AGGREGATES, MANY)
    relay = processes.start("events", EVENT_JOBS="relay")
    await until(some_are_out, "some are out")
    kill(relay)
    assert not await are_out(sql, "killed-")
    processes.start("events", EVENT_JOBS="relay")
    await until(lambda: are_out(sql, "killed-"), "all are out")
    sent = numbers(await processes.events(FAMILY))
    assert sum(len(set(found)) for found in sent.values()) == MANY
    for found in sent.values():
        assert list(dict.fromkeys(found)) == sorted(set(found)), "what comes again is older than what follows"


def numbers(events: Sequence[dict[str, Any]]) -> dict[str, list[int]]:
    """Of each aggregate's events, in the order of the stream."""
    found = defaultdict[str, list[int]](list)
    for event in events:
        found[event["aggregate_id"]].append(event["data"]["n"])
    return found
