"""No list and no search costs more because a table has grown: measured by its plan over 100,000 rows."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator
from typing import Any

import orjson
import pytest

from repositories import dead_event_repository, figures_repository, invoice_repository, paging
from repositories.user_list import Statements
from shared.models.user_list import StoredUserQuery
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
        await sql.execute(
            """
            INSERT INTO subscriptions (user_id, plan, interval, currency, seats)
            SELECT id, CASE WHEN email LIKE '%77@%' THEN 'pro' ELSE 'free' END, 'month', 'EUR', 1 FROM users WHERE email LIKE '%7@%'
            """
        )
        await sql.execute("ANALYZE users, subscriptions")


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
    await sql.execute(f"PREPARE looked {f'({types})' if types else ''} AS {statement}")
    quoted = ", ".join(
        str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'" for value in values
    )
    explained = await sql.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE looked {f'({quoted})' if quoted else ''}")
    await sql.execute("DEALLOCATE looked")
    return list(nodes(orjson.loads(explained)[0]["Plan"]))


def type_of(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
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
        statements = Statements(StoredUserQuery(q=sought))
        first = await plan_of(grown, str(statements.newest()), *statements.values)
        found = await plan_of(grown, statements.page(), *statements.values)
        frequent = sum(node["Actual Rows"] for node in first[:1]) == 21
        assert read(first) <= MOST_READ, sought
        assert frequent or read(found) <= MOST_READ, sought


@pytest.mark.parametrize("sort", ["-created_at", "created_at", "name", "-name", "email", "-email"])
async def test_a_page_of_accounts_in_any_order_costs_the_same_however_deep_it_is(place: Place, grown: Sql, sort: str):
    async with serving(settings_for(place)) as api:
        page = (await api.call("GET", "/users", params={"sort": sort, "limit": 50})).json()
    for cursor in (None, page["next_cursor"]):
        statements = Statements(StoredUserQuery.model_validate({"sort": sort, "limit": 50, "cursor": cursor}))
        plan = await plan_of(grown, statements.page(), *statements.values)
        assert read(plan) <= 2 * 51  # each with its subscription
        assert not [node for node in plan if node["Node Type"] == "Sort" and node["Actual Rows"] > 51]


@pytest.mark.parametrize(
    "narrowed", [{"role": "support"}, {"status": "suspended"}, {"verified": True}, {"plan": "pro"}]
)
async def test_a_filter_that_few_accounts_match_reads_few(grown: Sql, narrowed: dict[str, object]):
    statements = Statements(StoredUserQuery.model_validate(narrowed))
    assert read(await plan_of(grown, statements.page(), *statements.values)) <= MOST_READ


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
    for statement in (invoice_repository.list_by(), dead_event_repository.LIST):
        assert read(await plan_of(grown, statement, deep, 21)) <= 21


async def test_neither_the_invoices_of_one_user_nor_the_newest_of_all_read_the_others(grown: Sql):
    await grown.execute("SET session_replication_role = replica")  # without the subscriptions and the run behind them
    await grown.execute(
        """
        INSERT INTO invoices (number, user_id, subscription_id, run_id, period, plan, currency, amount_minor)
        SELECT 'X-' || row_number() OVER (), id, id, id, '2026-01', 'pro', 'EUR', 1 FROM users WHERE name LIKE 'Ann%'
        """
    )
    await grown.execute("ANALYZE invoices")
    nobody = await grown.fetchval("SELECT id::text FROM users WHERE name NOT LIKE 'Ann%'")
    assert read(await plan_of(grown, invoice_repository.list_by("user_id"), paging.LAST, 21, nobody)) == 0
    assert read(await plan_of(grown, invoice_repository.list_by("run_id"), paging.LAST, 21, nobody)) == 0

    newest = await grown.fetchval("SELECT id::text FROM invoices ORDER BY id DESC OFFSET 999 LIMIT 1")
    assert read(await plan_of(grown, figures_repository.REVENUE, newest, paging.LAST)) == 1_000


async def test_figures_read_what_is_new_and_nothing_older(grown: Sql):
    newest = await grown.fetchval("SELECT id::text FROM users ORDER BY id DESC OFFSET 999 LIMIT 1")
    assert read(await plan_of(grown, figures_repository.SIGN_UPS, newest, paging.LAST)) == 1_000
