"""Spans as JSON, one a line, in `<folder>/<service>-<pid>.jsonl`: for whoever looks at what really happened.

A file that is full is followed by `<service>-<pid>.1.jsonl` and so on; of these the newest are kept.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import structlog
from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from prometheus_client import Counter

SEGMENT_BYTES = 4 * 1024 * 1024
MOST_SEGMENTS = 16
SPANS = Counter("trace_spans_exported_total", "Spans written or lost.", ["outcome"])
log = structlog.get_logger("tracing")


class JsonLines(SpanExporter):
    """Called from a thread of its own. A full or broken disk costs spans and one line in the log, and nothing else."""

    def __init__(self, folder: str, service: str, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._folder, self._service, self._most = Path(folder), service, segment_bytes
        self._pid, self._number = 0, 0
        self._complained = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        try:
            self._write(b"".join(orjson.dumps(self._line(span)) + b"\n" for span in spans))
        except OSError as error:
            SPANS.labels("lost").inc(len(spans))
            self._complain(str(error))
            return SpanExportResult.FAILURE
        SPANS.labels("written").inc(len(spans))
        return SpanExportResult.SUCCESS

    def _write(self, text: bytes) -> None:
        if self._pid != os.getpid():  # a forked process has its own
            self._pid, self._number = os.getpid(), 0
        self._folder.mkdir(parents=True, exist_ok=True)
        while (path := self._segment(self._number)).exists() and path.stat().st_size >= self._most:
            self._number += 1
            self._segment(self._number - MOST_SEGMENTS).unlink(missing_ok=True)
        with path.open("ab") as file:
            file.write(text)

    def _segment(self, number: int) -> Path:
        return self._folder / f"{self._service}-{self._pid}{f'.{number}' if number else ''}.jsonl"

    def _line(self, span: ReadableSpan) -> dict[str, Any]:
        context, attributes = span.context, span.attributes or {}
        assert context, "an ended span has one"
        started, ended = span.start_time or 0, span.end_time or 0
        return {
            "service": self._service,
            "name": span.name,
            "kind": span.kind.name.lower(),
            "trace_id": f"{context.trace_id:032x}",
            "span_id": f"{context.span_id:016x}",
            "parent_id": f"{span.parent.span_id:016x}" if span.parent else "",
            "peer": attributes.get("peer", ""),
            "caller": attributes.get("caller", ""),
            "started": started // 1_000,
            "duration": (ended - started) // 1_000,
            "status": str(attributes.get("status") or span.status.status_code.name.lower()),
            "correlation_id": attributes.get("correlation_id", ""),
        } | _extras(span)

    def _complain(self, problem: str) -> None:
        if not self._complained:
            log.warning("spans are lost", problem=problem)
        self._complained = True


def _extras(span: ReadableSpan) -> dict[str, Any]:
    """What most spans do not have."""
    statement = (span.attributes or {}).get("statement")
    extras: dict[str, Any] = {"statement": statement} if statement else {}
    return extras | {"logs": [_log(event) for event in span.events]} if span.events else extras


def _log(event: Event) -> dict[str, Any]:
    fields = dict(event.attributes or {})
    return {"at": event.timestamp // 1_000, "level": fields.pop("level", "info"), "event": event.name, "fields": fields}
