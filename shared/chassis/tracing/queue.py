"""Ended spans on their way to the exporter: bounded, emptied by a thread, so that no request waits for its spans."""

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from prometheus_client import Counter

MOST_WAITING = 8192  # the oldest beyond are dropped
EXPORT_MS = 500
ENDED = Counter("trace_spans_ended_total", "Spans of this process; what is not exported of them was too much at once.")


class Queue(BatchSpanProcessor):
    """The SDK's own, counted."""

    def __init__(self, exporter: SpanExporter) -> None:
        super().__init__(exporter, max_queue_size=MOST_WAITING, schedule_delay_millis=EXPORT_MS)

    def on_end(self, span: ReadableSpan) -> None:
        ENDED.inc()
        super().on_end(span)
