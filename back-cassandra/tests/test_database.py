"""The supervised session, without a server: it starts before Cassandra and finds it by itself."""

from collections.abc import Callable
from typing import Any

import database
import pytest
from database import Database
from driver import Row

from shared.utils.errors import Unavailable
from tests.waiting import until


class Answer:
    """A `ResponseFuture` that has its result at once."""

    def __init__(self, result: list[Row] | Exception) -> None:
        self.result = result

    def add_callbacks(self, callback: Callable[[list[Row]], None], errback: Callable[[Exception], None]) -> None:
        if isinstance(self.result, Exception):
            errback(self.result)
        else:
            callback(self.result)


class FakeCluster:
    """Counts how often it was shut down."""

    def __init__(self) -> None:
        self.shutdowns = 0

    def shutdown(self) -> None:
        self.shutdowns += 1


class FakeSession:
    """Answers every statement with `result`."""

    keyspace = "test"

    def __init__(self, result: list[Row] | Exception) -> None:
        self.result = result
        self.cluster = FakeCluster()

    def execute(self, query: str, parameters: object = None) -> Any:
        raise AssertionError("serving must not block")

    def prepare(self, query: str) -> str:
        return query

    def execute_async(self, query: Any, parameters: object) -> Answer:
        return Answer(self.result)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(database, "WATCH_SECONDS", 0.01)
    monkeypatch.setattr(database, "RETRIED_SECONDS", 0.01)


async def until_served(database: Database) -> list[Row]:
    async def served() -> list[list[Row]]:
        try:
            return [await database.query("SELECT 1")]
        except Unavailable:
            return []

    [rows] = await until(served, "a session is open")
    return rows


async def test_it_is_unavailable_until_cassandra_comes() -> None:
    attempts = iter([OSError("refused"), OSError("refused"), FakeSession([{"a": 1}])])

    def opener() -> Any:
        attempt = next(attempts)
        if isinstance(attempt, Exception):
            raise attempt
        return attempt

    async with Database(opener) as database:
        with pytest.raises(Unavailable):
            await database.query("SELECT 1")
        assert await until_served(database) == [{"a": 1}]


async def test_a_lost_cassandra_is_unavailable_and_a_session_beyond_repair_is_opened_anew() -> None:
    lost = FakeSession([{"a": 1}])
    fresh = FakeSession([{"a": 2}])
    sessions = iter([lost, fresh])
    async with Database(lambda: next(sessions)) as database:
        assert await until_served(database) == [{"a": 1}]
        lost.result = OSError("connection lost")
        with pytest.raises(Unavailable, match="moment"):
            await database.query("SELECT 1")
        assert await until_served(database) == [{"a": 2}]
        assert lost.cluster.shutdowns == 1


async def test_a_mistake_in_a_statement_is_no_outage() -> None:
    sessions = iter([FakeSession([])])
    async with Database(lambda: next(sessions)) as database:
        await until_served(database)
        broken = FakeSession(ValueError("syntax"))
        database._session = broken  # pyright: ignore[reportPrivateUsage]
        with pytest.raises(ValueError, match="syntax"):
            await database.query("SELEC")
