"""How much of the store one call about traces asks for, and in which pieces."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from database import Database
from driver import Row
from repositories import trace_repository
from repositories.time_buckets import HOUR_MICROS, micros
from repositories.trace_repository import TraceRepository
from tests.fake_database import FakeDatabase

from shared.models.trace import KEPT_SECONDS, StoredSpan, StoredTraceQuery, TraceSummary

NOW = datetime.now(UTC)


def span(number: int, *, of: str = "request", name: str = "GET /api/profile", at: datetime = NOW) -> StoredSpan:
    return StoredSpan.model_validate(
        {
            "id": f"{number:016x}", "trace_id": "0" * 32, "parent_id": "", "correlation_id": of, "service": "back-api",
            "name": name, "kind": "server", "started_at": at, "duration_ms": 1.5, "failed": False, "attributes": {},
            "logs": [],
        }
    )  # fmt: skip


def summary(at: datetime) -> TraceSummary:
    return TraceSummary(
        correlation_id="request", trace_id="1" * 32, name="GET /app", service="front-public", started_at=at,
        duration_ms=10.5, spans=4, failed=False,
    )  # fmt: skip


async def stored(spans: list[StoredSpan], traces: list[TraceSummary] | None = None) -> list[tuple[str, Any]]:
    database = FakeDatabase()
    await TraceRepository(cast(Database, database)).store(spans, traces or [])
    return database.batches


@pytest.mark.parametrize(("count", "sizes"), [(50, [50]), (51, [50, 1]), (120, [50, 50, 20])])
async def test_a_batch_has_at_most_fifty_rows(count: int, sizes: list[int]) -> None:
    assert [len(rows) for _, rows in await stored([span(number) for number in range(count)])] == sizes


async def test_a_batch_is_of_one_partition_and_not_too_long() -> None:
    of_two = [span(number, of=f"request-{number % 2}") for number in range(6)]
    assert [[row[0] for row in rows] for _, rows in await stored(of_two)] == [["request-0"] * 3, ["request-1"] * 3]
    long = [span(number, name="x" * 180) for number in range(50)]
    batches = [rows for _, rows in await stored(long)]
    characters = [sum(len(value) for row in rows for value in row if isinstance(value, str)) for rows in batches]
    assert len(batches) == 2
    assert all(0 < each <= trace_repository.BATCH_CHARACTERS for each in characters)
    assert sum(len(rows) for rows in batches) == 50


async def test_a_row_is_kept_for_what_is_left_of_its_day() -> None:
    old = NOW - timedelta(seconds=KEPT_SECONDS - 100)
    ahead = NOW + timedelta(minutes=5)
    over = NOW - timedelta(seconds=KEPT_SECONDS + 1)
    batches = await stored(
        [span(at, of=str(at), at=each) for at, each in enumerate((old, ahead, over))], [summary(old)]
    )
    left = [row[-1] for _, rows in batches for row in rows]
    assert left == [pytest.approx(100, abs=5), KEPT_SECONDS, pytest.approx(100, abs=5)]
    assert batches[-1][1][0][:2] == (micros(old) // HOUR_MICROS, micros(old))


def row(started: int, *, failed: bool = False, duration: int = 10_000) -> Row:
    return {
        "started": started, "trace_id": str(started), "correlation_id": "c", "name": "GET /app", "service": "s",
        "duration": duration, "spans": 1, "failed": failed,
    }  # fmt: skip


async def listed(database: FakeDatabase, **query: Any) -> list[TraceSummary]:
    page = await TraceRepository(cast(Database, database)).list_traces(StoredTraceQuery(**query))
    return page.items


async def test_every_hour_of_the_day_is_asked_once_newest_first() -> None:
    database = FakeDatabase()
    assert await listed(database) == []
    hours = [parameters[0] for parameters in database.queries]
    newest = micros(datetime.now(UTC)) // HOUR_MICROS + 1
    assert hours == list(range(newest, newest - 26, -1))
    assert [parameters[1:3] for parameters in database.queries] == [((hour + 1) * HOUR_MICROS, "") for hour in hours]


async def test_a_full_chunk_is_read_on_from_its_last_row() -> None:
    newest = micros(datetime.now(UTC)) // HOUR_MICROS + 1
    below = newest * HOUR_MICROS

    def answer(_: str, hour: int, started: int, __: str, limit: int) -> list[Row]:
        if hour != newest - 1:
            return []
        is_first = started == below
        return [row(started - at, duration=10_000 if is_first else 20_000) for at in range(1, limit + 1)]

    database = FakeDatabase(answer)
    found = await listed(database, limit=100, slower_than_ms=20)
    assert [micros(one.started_at) for one in found] == [below - at for at in range(501, 601)]
    assert [parameters[:3] for parameters in database.queries[1:]] == [
        (newest - 1, newest * HOUR_MICROS, ""),
        (newest - 1, below - 500, str(below - 500)),
    ]


async def test_a_list_looks_at_no_more_rows_than_it_may() -> None:
    def answer(_: str, hour: int, started: int, __: str, limit: int) -> list[Row]:
        return [row(started - at - 1) for at in range(limit)]

    database = FakeDatabase(answer)
    assert await listed(database, failed=True) == []
    assert len(database.queries) * trace_repository.CHUNK == trace_repository.SCANNED


@pytest.mark.parametrize(("slower_than_ms", "count"), [(9, 2), (10, 2), (11, 1), (20, 1), (21, 0)])
async def test_a_request_is_as_slow_as_asked_or_slower(slower_than_ms: int, count: int) -> None:
    hour = micros(datetime.now(UTC)) // HOUR_MICROS
    rows = [row(hour * HOUR_MICROS), row(hour * HOUR_MICROS - 1, duration=20_000)]

    def answer(_: str, asked: int, *__: object) -> list[Row]:
        return rows if asked == hour else []

    database = FakeDatabase(answer)
    assert len(await listed(database, slower_than_ms=slower_than_ms)) == count
