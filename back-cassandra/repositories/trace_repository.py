"""Traces: spans by correlation id, and the requests of each hour; kept for a day."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
from database import Database
from driver import Row

from repositories.time_buckets import HOUR_MICROS, micros, moment
from shared.models.trace import (
    KEPT_SECONDS,
    StoredSpan,
    StoredTraceQuery,
    Trace,
    TraceLog,
    TracePage,
    TraceSpan,
    TraceSummary,
)
from shared.utils import cursors
from shared.utils.errors import Invalid

MOST_SPANS = 1000  # of one correlation id that one answer shows, the oldest
HOURS = KEPT_SECONDS // 3600 + 2  # the one that has begun, and a writer's clock that is ahead
CHUNK = 500
SCANNED = 20_000  # rows that one list looks at
BATCH_ROWS = 50
BATCH_CHARACTERS = 10_000  # Cassandra warns of batches from 5 KiB on and refuses them from 50 KiB on
Values = tuple[Any, ...]
Place = tuple[int, str]
FIRST: Place = (2**62, "")
_SPAN = (
    "INSERT INTO trace_spans (correlation_id, started, id, trace_id, parent_id, service, name, kind, duration, failed, "
    "attributes, logs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?"
)
_TRACE = (
    "INSERT INTO traces_by_hour (hour, started, trace_id, correlation_id, name, service, duration, spans, failed) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?"
)
_OF_ID = (
    "SELECT started, id, parent_id, service, name, kind, duration, failed, attributes, logs FROM trace_spans "
    "WHERE correlation_id = ? LIMIT ?"
)
_OF_HOUR = (
    "SELECT started, trace_id, correlation_id, name, service, duration, spans, failed FROM traces_by_hour "
    "WHERE hour = ? AND (started, trace_id) < (?, ?) LIMIT ?"
)


class TraceRepository:
    """Raises `Unavailable` when Cassandra does not answer."""

    def __init__(self, database: Database) -> None:
        self._query = database.query
        self._batch = database.batch

    async def store(self, spans: list[StoredSpan], traces: list[TraceSummary]) -> None:
        """Stores all. Idempotent; a summary that is sent again replaces the older counts."""
        rows = [(_SPAN, _span_values(span)) for span in spans] + [(_TRACE, _trace_values(trace)) for trace in traces]
        await asyncio.gather(*(self._batch(statement, values) for statement, values in _batches(rows)))

    async def get_trace(self, correlation_id: str) -> Trace:
        """Without spans when the id is not known."""
        rows = await self._query(_OF_ID, correlation_id, MOST_SPANS)
        logs = sorted((line for row in rows for line in _logs(row)), key=lambda line: line.at)
        return Trace(correlation_id=correlation_id, spans=[_span(row) for row in rows], logs=logs)

    async def list_traces(self, query: StoredTraceQuery) -> TracePage:
        """
        Raises:
            Invalid: the cursor is not one of this list.
        """
        found: list[Row] = []
        scanned = 0
        async for rows in self._from(_place(query.cursor)):
            found += [row for row in rows if _matches(row, query)]
            if len(found) > query.limit:
                return _page(found[: query.limit], found[query.limit - 1])
            scanned += len(rows)
            if scanned >= SCANNED:
                return _page(found, rows[-1])
        return _page(found, None)

    async def _from(self, place: Place) -> AsyncGenerator[list[Row]]:
        """All rows of the last day behind `place`, newest first, by the chunk."""
        newest = micros(datetime.now(UTC)) // HOUR_MICROS + 1
        for hour in range(min(newest, place[0] // HOUR_MICROS), newest - HOURS, -1):
            last: Place | None = min(place, ((hour + 1) * HOUR_MICROS, ""))
            while last:
                rows = await self._query(_OF_HOUR, hour, *last, CHUNK)
                if rows:
                    yield rows
                last = _place_of(rows[-1]) if len(rows) == CHUNK else None


def _place(cursor: str | None) -> Place:
    if not cursor:
        return FIRST
    started, trace_id = cursors.decode(cursor, 2)
    if not started.isdecimal() or len(started) > 18:
        raise Invalid.field("cursor", "is not a cursor that this list gave out")
    return int(started), trace_id


def _place_of(row: Row) -> Place:
    return row["started"], row["trace_id"]


def _page(rows: list[Row], last: Row | None) -> TracePage:
    next_cursor = cursors.encode(str(last["started"]), last["trace_id"]) if last else None
    return TracePage(items=[_summary(row) for row in rows], next_cursor=next_cursor)


def _batches(rows: list[tuple[str, Values]]) -> Iterator[tuple[str, list[Values]]]:
    """By statement and partition, its first value, and not too much at once. A row whose time is over is left out."""
    partitions: dict[tuple[str, Any], list[Values]] = defaultdict(list)
    for statement, values in rows:
        if values[-1] > 0:
            partitions[statement, values[0]].append(values)
    for (statement, _), some in partitions.items():
        batch = list[Values]()
        size = 0
        for values in some:
            length = sum(len(value) for value in values if isinstance(value, str))
            if batch and (len(batch) == BATCH_ROWS or size + length > BATCH_CHARACTERS):
                yield statement, batch
                batch = []
                size = 0
            batch.append(values)
            size += length
        yield statement, batch


def _matches(row: Row, query: StoredTraceQuery) -> bool:
    without = tuple(query.without.split(",")) if query.without else ()
    return (
        (query.failed is None or row["failed"] == query.failed)
        and row["duration"] >= query.slower_than_ms * 1000
        and (query.service is None or row["service"] == query.service)
        and (query.name or "").casefold() in row["name"].casefold()
        and (row["failed"] or not row["name"].startswith(without))
    )


def _left(started_at: datetime) -> int:
    """Seconds that are left of its day."""
    return min(KEPT_SECONDS - int((datetime.now(UTC) - started_at).total_seconds()), KEPT_SECONDS)


def _span_values(span: StoredSpan) -> Values:
    logs = orjson.dumps([line.model_dump(mode="json") for line in span.logs]).decode() if span.logs else None
    return (
        span.correlation_id, micros(span.started_at), span.id, span.trace_id, span.parent_id, span.service, span.name,
        span.kind, round(span.duration_ms * 1000), span.failed, span.attributes, logs, _left(span.started_at),
    )  # fmt: skip


def _trace_values(trace: TraceSummary) -> Values:
    started = micros(trace.started_at)
    return (
        started // HOUR_MICROS, started, trace.trace_id, trace.correlation_id, trace.name, trace.service,
        round(trace.duration_ms * 1000), trace.spans, trace.failed, _left(trace.started_at),
    )  # fmt: skip


def _span(row: Row) -> TraceSpan:
    kept = {name: row[name] for name in ("id", "service", "name", "kind", "failed")}
    times: dict[str, Any] = {"started_at": moment(row["started"]), "duration_ms": row["duration"] / 1000}
    return TraceSpan(**kept, **times, parent_id=row["parent_id"] or "", attributes=dict(row["attributes"] or {}))


def _logs(row: Row) -> list[TraceLog]:
    return [TraceLog(**line, service=row["service"]) for line in orjson.loads(row["logs"] or "[]")]


def _summary(row: Row) -> TraceSummary:
    kept = {name: row[name] for name in ("trace_id", "correlation_id", "name", "service", "spans", "failed")}
    return TraceSummary(**kept, started_at=moment(row["started"]), duration_ms=row["duration"] / 1000)
