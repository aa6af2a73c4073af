"""Spans as JSON, one a line, in `<folder>/<service>-<pid>.jsonl`: for whoever looks at what really happened."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import structlog
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

MOST_BYTES = 64 * 1024 * 1024
log = structlog.get_logger("tracing")


class JsonLines(SpanExporter):
    """Called from a thread of its own. A full or broken disk costs spans and one line in the log, and nothing else."""

    def __init__(self, folder: str, service: str, most_bytes: int = MOST_BYTES) -> None:
        self._folder, self._service, self._most = Path(folder), service, most_bytes
        self._complained = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        try:
            self._write(b"".join(orjson.dumps(self._line(span)) + b"\n" for span in spans))
        except OSError as error:
            self._complain(str(error))
            return SpanExportResult.FAILURE
        return SpanExportResult.SUCCESS

    def _write(self, text: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{self._service}-{os.getpid()}.jsonl"  # a forked process has its own
        with path.open("ab") as file:
            if file.tell() + len(text) > self._most:
                self._complain(f"{path.name} is full")
                return
            file.write(text)

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
        }

    def _complain(self, problem: str) -> None:
        if not self._complained:
            log.warning("spans are lost", problem=problem)
        self._complained = True
