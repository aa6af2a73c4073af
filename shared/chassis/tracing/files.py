"""Spans as JSON, one per line, in `<folder>/<service>-<pid>.jsonl`.

A file that is full is followed by `<service>-<pid>.1.jsonl` and so on; of these the newest are kept.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import structlog
from prometheus_client import Counter

from shared.chassis.tracing.log_lines import presentable
from shared.chassis.tracing.spans import Ended

SEGMENT_BYTES = 4 * 1024 * 1024
MOST_SEGMENTS = 16
SPANS = Counter("trace_spans_exported_total", "Spans written or lost.", ["outcome"])
log = structlog.get_logger("tracing")


class JsonLines:
    """Called from a thread of its own. A full or broken disk costs spans and one line in the log, and nothing else."""

    def __init__(self, folder: str, service: str, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._folder = Path(folder)
        self._service = service
        self._most = segment_bytes
        self._pid = 0
        self._number = 0
        self._complained = False

    def export(self, spans: Sequence[Ended]) -> None:
        try:
            self._write(b"".join(orjson.dumps(self._line(span)) + b"\n" for span in spans))
        except OSError as error:
            SPANS.labels("lost").inc(len(spans))
            self._complain(str(error))
        else:
            SPANS.labels("written").inc(len(spans))

    def _write(self, text: bytes) -> None:
        if self._pid != os.getpid():  # a forked process has its own
            self._pid = os.getpid()
            self._number = 0
        self._folder.mkdir(parents=True, exist_ok=True)
        while (path := self._segment(self._number)).exists() and path.stat().st_size >= self._most:
            self._number += 1
            self._segment(self._number - MOST_SEGMENTS).unlink(missing_ok=True)
        with path.open("ab") as file:
            file.write(text)

    def _segment(self, number: int) -> Path:
        return self._folder / f"{self._service}-{self._pid}{f'.{number}' if number else ''}.jsonl"

    def _line(self, span: Ended) -> dict[str, Any]:
        attributes = span.attributes
        return {
            "service": self._service,
            "name": span.name,
            "kind": span.kind,
            "trace_id": span.trace_id,
            "span_id": span.span_id,
            "parent_id": span.parent_id,
            "peer": attributes.get("peer", ""),
            "caller": attributes.get("caller", ""),
            "started": span.started // 1_000,
            "duration": (span.ended - span.started) // 1_000,
            "status": span.status,
            "correlation_id": attributes.get("correlation_id", ""),
        } | _extras(span)

    def _complain(self, problem: str) -> None:
        if not self._complained:
            log.warning("spans are lost", problem=problem)
        self._complained = True


def _extras(span: Ended) -> dict[str, Any]:
    """Fields that most spans do not have."""
    statement = span.attributes.get("statement")
    extras: dict[str, Any] = {"statement": statement} if statement else {}
    return extras | {"logs": [presentable(*line) for line in span.lines]} if span.lines else extras
