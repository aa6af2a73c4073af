"""From lines of the services' span files to what is stored: spans, and a summary of each request that begins with them."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from prometheus_client import Counter
from pydantic import ValidationError

from shared.models.trace import StoredSpan, TraceSummary

MOST_OF_ONE_ID = 2000  # spans of a correlation id, which a client may choose, an hour
MOST_AN_HOUR = 20_000  # requests that are listed
REMEMBERED = 10_000  # traces and ids that may still grow
ATTRIBUTES = ("status", "peer", "caller", "statement")
EPOCH = datetime.fromtimestamp(0, UTC)
LEFT_OUT = Counter("trace_spans_left_out_total", "Spans that were not shipped, and listed requests.", ["reason"])


def parse(line: bytes) -> StoredSpan | None:
    """None, counted, for a line that is none of ours."""
    try:
        return _span(orjson.loads(line))
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, ValidationError):
        LEFT_OUT.labels("unreadable").inc()
        return None


def _span(line: dict[str, Any]) -> StoredSpan:
    status = str(line.get("status", ""))
    return StoredSpan(
        id=line["span_id"],
        trace_id=line["trace_id"],
        parent_id=line.get("parent_id", ""),
        correlation_id=line["correlation_id"],
        service=line["service"],
        name=line["name"][:300],
        kind=line["kind"],
        started_at=_moment(line["started"]),
        duration_ms=max(0, line["duration"]) / 1000,
        failed=status == "error" or (len(status) == 3 and status.startswith("5")),
        attributes={name: str(line[name]) for name in ATTRIBUTES if line.get(name)},
        logs=[log | {"at": _moment(log["at"])} for log in line.get("logs", [])],
    )


def _moment(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


class Requests:
    """The state of unfinished traces; bounded, the least recent are dropped."""

    def __init__(self) -> None:
        self._roots: OrderedDict[str, StoredSpan] = OrderedDict()
        self._counts: OrderedDict[str, tuple[int, bool]] = OrderedDict()
        self._of_id: OrderedDict[tuple[str, int], int] = OrderedDict()
        self._listed: OrderedDict[int, int] = OrderedDict()

    def admitted(self, spans: Iterator[StoredSpan]) -> list[StoredSpan]:
        """Those for whose correlation id there is room, so that no partition of the store grows without end."""
        return [span for span in spans if self._has_room(span)]

    def summaries(self, spans: list[StoredSpan]) -> list[TraceSummary]:
        """Of the traces that `spans` belong to, with all spans seen so far; returned again when more are seen."""
        for span in spans:
            count, failed = self._counts.get(span.trace_id, (0, False))
            _remember(self._counts, span.trace_id, (count + 1, failed or span.failed), REMEMBERED)
            if span.kind == "server" and not span.parent_id and self._may_be_listed(span):
                _remember(self._roots, span.trace_id, span, REMEMBERED)
        traces = dict.fromkeys(span.trace_id for span in spans)
        return [self._summary(trace) for trace in traces if trace in self._roots]

    def _summary(self, trace: str) -> TraceSummary:
        root = self._roots[trace]
        count, failed = self._counts.get(trace, (1, root.failed))
        return TraceSummary(
            correlation_id=root.correlation_id,
            trace_id=trace,
            name=root.name,
            service=root.service,
            started_at=root.started_at,
            duration_ms=root.duration_ms,
            spans=count,
            failed=failed,
        )

    def _has_room(self, span: StoredSpan) -> bool:
        key = (span.correlation_id, _hour(span))
        count = self._of_id.get(key, 0)
        _remember(self._of_id, key, count + 1, REMEMBERED)
        if count >= MOST_OF_ONE_ID:
            LEFT_OUT.labels("too many of one id").inc()
        return count < MOST_OF_ONE_ID

    def _may_be_listed(self, span: StoredSpan) -> bool:
        count = self._listed.get(_hour(span), 0)
        _remember(self._listed, _hour(span), count + 1, 48)
        if count >= MOST_AN_HOUR:
            LEFT_OUT.labels("not listed").inc()
        return count < MOST_AN_HOUR


def _hour(span: StoredSpan) -> int:
    return int((span.started_at - EPOCH).total_seconds() // 3600)


def _remember(known: OrderedDict[Any, Any], key: Any, value: Any, most: int) -> None:
    known[key] = value
    known.move_to_end(key)
    if len(known) > most:
        known.popitem(last=False)
