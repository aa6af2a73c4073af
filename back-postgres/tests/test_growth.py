"""No list and no search costs more because a table has grown: measured by its plan over 100,000 rows."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator
from typing import Any

import orjson
import pytest

from repositories import dead_event_repository, invoice_repository, paging, user_repository
from stack.native.servers import Place
from tests.client import Api, Sql, superuser
from tests.conftest import serving, settings_for

pytestmark = pytest.mark.integration
ACCOUNTS = 100_000
MOST_READ = 2_500
"""Rows that one plan may look at."""


@pytest.fixture(scope="module")
def place(migrated: Place) -> Generator[Place]:
    """A database with 100,000 accounts, of which one of the oldest has a name of its own."""
    asyncio.run(_grow(migrated))
    yield migrated
    asyncio.run(_empty(migrated))


async def _grow(place: Place) -> None:
    async with superuser(place, "dashboard") as sql:
        index = await sql.fetchval("SELECT pg_get_indexdef('users_search_grams'::regclass)")
        await sql.execute("TRUNCATE users CASCADE; DROP INDEX users_search_grams")
        await sql.execute(
            """
            INSERT INTO users (id, email, name)
            SELECT uuidv7(make_interval(secs => n - $1)), 'person-' || n || '@example.com',
                CASE n WHEN 7 THEN 'Zoë %_x Qvist' ELSE 'Ann Ω Müller ' || n END
            FROM generate_series(1, $1::int) AS n
            """,
            ACCOUNTS,
        )
        await sql.execute(index)
        await sql.execute("ANALYZE users")


async def _empty(place: Place) -> None:
    async with superuser(place, "dashboard") as sql:
        await sql.execute("TRUNCATE users CASCADE")


@pytest.fixture
async def grown(place: Place) -> AsyncGenerator[Sql]:
    async with superuser(place, "dashboard") as sql:
        yield sql


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


async def plan_of(sql: Sql, statement: str, *values: object) -> list[dict[str, Any]]:
    """As it is run in the long run: prepared, without a look at the values."""
    types = ", ".join(type_of(value) for value in values)
    await sql.execute("SET plan_cache_mode = force_generic_plan")
    await sql.execute(f"PREPARE looked ({types}) AS {statement}")
    quoted = ", ".join(
        str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'" for value in values
    )
    explained = await sql.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE looked ({quoted})")
    await sql.execute("DEALLOCATE looked")
    return list(nodes(orjson.loads(explained)[0]["Plan"]))


def type_of(value: object) -> str:
    if isinstance(value, int):
        return "bigint"
    return "uuid" if str(value).count("-") == 4 else "text"


def read(plan: list[dict[str, Any]]) -> float:
    """Rows of tables that were looked at."""
    scans = [node for node in plan if "Relation Name" in node]
    assert not [node for node in scans if node["Node Type"] == "Seq Scan"], scans
    return sum(
        node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
        for node in scans
    )


SOUGHT = [
    "zq",
    "q",
    "qv",
    "%_",
    "_",
    "%",
    "@@",
    "a.b",
    "...",
    "ω",
    "Ω q",
    "ë %",
    "zzz",
    "no such person",
    "qvist",
    "\\",
]


async def test_a_search_reads_no_table_whatever_is_typed(grown: Sql):
    for sought in SOUGHT:
        page = paging.LAST, 21, sought
        first = await plan_of(grown, user_repository.SEARCH_NEWEST, *page)
        found = await plan_of(grown, user_repository.SEARCH_ALL, *page)
        frequent = sum(node["Actual Rows"] for node in first[:1]) == 21
        assert read(first) <= MOST_READ, sought
        assert frequent or read(found) <= MOST_READ, sought


async def test_a_search_finds_what_is_typed_however_old_it_is(place: Place):
    async with serving(settings_for(place)) as api:
        await _finds(api)


async def _finds(api: Api) -> None:
    for sought in ("qv", "Q", "%_", "ZOË", "ë %", "_x q", "person-7@"):
        items = (await api.call("GET", "/users", params={"q": sought})).json()["items"]
        assert [item["email"] for item in items] == ["person-7@example.com"], sought
    for sought in ("e", "ω m", "example.com", "Ann"):
        page = (await api.call("GET", "/users", params={"q": sought, "limit": 20})).json()
        assert len(page["items"]) == 20, sought
        after = {"q": sought, "cursor": page["next_cursor"], "limit": 20}
        more = (await api.call("GET", "/users", params=after)).json()["items"]
        assert more[0]["id"] < page["items"][-1]["id"], sought


async def test_a_page_of_a_list_costs_the_same_however_deep_it_is(grown: Sql):
    deep = await grown.fetchval("SELECT id::text FROM users ORDER BY id OFFSET 50 LIMIT 1")
    await grown.execute("SET enable_seqscan = off")  # which is best for tables that are still small
    for statement in (user_repository.LIST, invoice_repository.LIST, dead_event_repository.LIST):
        assert read(await plan_of(grown, statement, deep, 21)) <= 21


async def test_the_invoices_of_a_user_who_has_none_are_found_at_once(grown: Sql):
    await grown.execute("SET session_replication_role = replica")  # without the subscriptions and the run behind them
    await grown.execute(
        """
        INSERT INTO invoices (number, user_id, subscription_id, run_id, period, plan, currency, amount_minor)
        SELECT 'X-' || row_number() OVER (), id, id, id, '2026-01', 'pro', 'EUR', 1 FROM users WHERE name LIKE 'Ann%'
        """
    )
    await grown.execute("ANALYZE invoices")
    nobody = await grown.fetchval("SELECT id::text FROM users WHERE name NOT LIKE 'Ann%'")
    assert read(await plan_of(grown, invoice_repository.LIST_OF, paging.LAST, 21, nobody)) == 0
