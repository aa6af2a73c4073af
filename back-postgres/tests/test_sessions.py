"""Sessions and transactions of the pool, without a server: what is given back, what is thrown away, what a caller learns."""

from typing import Any, cast

import asyncpg
import pytest

from database import Database
from shared.chassis.tracing.spans import Span
from shared.utils.errors import Conflict, Unavailable
from tests.fake_connection import FakeConnection, FakePool, database
from traced_connection import traced


@pytest.mark.parametrize(
    ("error", "meaning", "is_thrown_away"),
    [
        (asyncpg.AdminShutdownError(), Unavailable, True),
        (asyncpg.InterfaceError("closed"), Unavailable, True),
        (TimeoutError(), Unavailable, True),
        (asyncpg.DeadlockDetectedError(), Unavailable, False),
        (asyncpg.SerializationError(), Unavailable, False),
        (asyncpg.LockNotAvailableError(), Unavailable, False),
        (asyncpg.UniqueViolationError(), Conflict, False),
        (asyncpg.UndefinedTableError(), asyncpg.UndefinedTableError, False),
    ],
)
async def test_only_a_session_whose_state_is_unknown_is_thrown_away(
    error: Exception, meaning: type[Exception], is_thrown_away: bool
) -> None:
    opened, connection = database(error)
    with pytest.raises(meaning):
        await opened.fetch_one("SELECT 1")
    assert connection.terminated is is_thrown_away
    assert cast(FakePool, opened.pool).used == 1


@pytest.mark.parametrize("away", [ConnectionRefusedError(), TimeoutError(), asyncpg.TooManyConnectionsError()])
async def test_without_a_session_everything_is_unavailable(away: Exception) -> None:
    opened = Database()
    opened.pool = cast(Any, FakePool(FakeConnection(), away))
    with pytest.raises(Unavailable) as refused:
        await opened.ready()
    assert (refused.value.dependency, refused.value.retry_after) == ("postgres", 1)


async def test_what_a_statement_gives() -> None:
    opened, connection = database({"id": "1"}, [{"id": "1"}, {"id": "2"}], 7, "UPDATE 12", "INSERT 0 3")
    assert await opened.fetch_one("one", 1) == {"id": "1"}
    assert await opened.fetch_all("all", 1, 2) == [{"id": "1"}, {"id": "2"}]
    assert await opened.fetch_value("value") == 7
    assert await opened.execute("update") == 12
    assert await opened.execute("insert") == 3
    assert connection.asked == [("one", 1), ("all", 1, 2), ("value",), ("update",), ("insert",)]


async def test_a_transaction_is_committed_at_its_end_and_rolled_back_on_an_error() -> None:
    opened, connection = database()
    async with opened.transaction():
        pass
    with pytest.raises(Conflict):
        async with opened.transaction():
            raise Conflict
    assert connection.transactions == ["committed", "rolled back"]


class FakeSpan:
    def __init__(self) -> None:
        self.name = ""
        self.attributes: dict[str, object] = {}

    def update_name(self, name: str) -> None:
        self.name = name

    def set_attribute(self, name: str, value: object) -> None:
        self.attributes[name] = value


async def test_a_traced_session_names_each_statement_once() -> None:
    span = FakeSpan()
    connection = FakeConnection({"id": "1"}, "UPDATE 1")
    session = traced(connection.typed(), cast(Span, span))
    assert await session.fetchrow("SELECT name FROM users WHERE id = $1", 1) == {"id": "1"}
    for _ in range(2):
        await session.execute("UPDATE users SET name = $1", "a")
    session.terminate()
    assert span.attributes == {"statement": "SELECT name FROM users WHERE id = $1; UPDATE users SET name = $1"}
    assert "SELECT" in span.name
    assert span.name.count("UPDATE") == 1
    assert [args for _, *args in connection.asked] == [[1], ["a"], ["a"]]
    assert connection.terminated
