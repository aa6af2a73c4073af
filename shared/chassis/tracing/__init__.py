"""One trace from a click to a row: spans of what this process serves, calls and works on (OpenTelemetry, W3C `traceparent`).

Off unless `TRACES_DIR` is set (docs/decisions/0016-tracing.md); then no span exists, and each function costs one comparison.
A span says who called whom, by route template, peer and statement: never a query string, a parameter or an address.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import SpanExporter
from opentelemetry.trace import INVALID_SPAN, Span, SpanKind, Tracer, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shared.chassis.settings import TracingSettings
from shared.chassis.tracing import left_out
from shared.chassis.tracing.files import JsonLines
from shared.chassis.tracing.left_out import LeftOut
from shared.chassis.tracing.log_lines import MOST_LINES
from shared.chassis.tracing.queue import Queue
from shared.chassis.tracing.statements import text_of
from shared.utils import correlation

HEADER = "traceparent"
_OFF: AbstractContextManager[None] = nullcontext()
_propagator = TraceContextTextMapPropagator()
_tracer: Tracer | None = None
_requests, _background = 1.0, 1.0  # shares of the traces that begin here


def start(service: str, settings: TracingSettings) -> bool:
    """Traces this process from now on, if there is a folder for its spans."""
    if settings.traces_dir:
        use(JsonLines(settings.traces_dir, service), settings.traces_sample, settings.traces_background)
    return bool(settings.traces_dir)


def use(exporter: SpanExporter | None, sample: float = 1.0, background: float = 1.0) -> None:
    """Gives the spans to `exporter`; with None tracing is off again.

    `sample` is the share of requests, `background` of polls and scheduled work, whose trace begins here and is kept.
    """
    global _tracer, _requests, _background
    if exporter is None:
        _tracer = None
        return
    _requests, _background = sample, background
    provider = TracerProvider(resource=Resource({}), span_limits=SpanLimits(max_events=MOST_LINES))
    provider.add_span_processor(Queue(exporter))
    _tracer = provider.get_tracer("chassis")


def served(traceparent: str | None) -> AbstractContextManager[Span | None]:
    """A request that comes in."""
    return _continued("request", SpanKind.SERVER, traceparent, _requests)


def worked(name: str, traceparent: str | None) -> AbstractContextManager[Span | None]:
    """A task or an event that was sent earlier, in the trace of its sender."""
    return _continued(name, SpanKind.CONSUMER, traceparent, _background)


def untraced() -> AbstractContextManager[None]:
    """Nothing in the block is traced, also not by whom it calls."""
    return LeftOut(None)


def call(peer: str, name: str, *, alone: bool = True, statement: str = "") -> AbstractContextManager[Span | None]:
    """A call of `peer`, a service or a store; one that is not `alone` counts only as part of something else."""
    if _tracer is None or left_out.header():
        return _OFF
    if get_current_span() is INVALID_SPAN:
        if not alone:
            return _OFF
        if not left_out.keeps(None, _background):
            return LeftOut(None)
    return _span(name, SpanKind.CLIENT, {"peer": peer, **_statement(statement)})


def sent(peer: str, name: str, traceparent: str) -> None:
    """Something of another trace was handed over to `peer` just now."""
    if traceparent and _tracer and left_out.keeps(traceparent, 0):
        with _span(name, SpanKind.PRODUCER, {"peer": peer}, _context(traceparent)):
            return


def handed_over(peer: str, name: str) -> str:
    """A message of the span at hand is on its way over `peer`; the `traceparent` for whoever takes it out, empty without one."""
    if _tracer is None or get_current_span() is INVALID_SPAN:
        return traceparent()
    with _span(name, SpanKind.PRODUCER, {"peer": peer}):
        return traceparent()


def note(**attributes: str | int) -> None:
    """Something more about the span at hand."""
    if _tracer:
        get_current_span().set_attributes(attributes)


def traceparent() -> str:
    """The span at hand, for whoever continues its trace; empty when there is none."""
    if _tracer is None:
        return ""
    context = get_current_span().get_span_context()
    if not context.is_valid:
        return left_out.header()
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"


def carried() -> dict[str, str]:
    """The headers of a call that belongs to the span at hand."""
    current = traceparent()
    return {HEADER: current} if current else {}


def _continued(name: str, kind: SpanKind, traceparent: str | None, share: float) -> AbstractContextManager[Span | None]:
    if _tracer is None:
        return _OFF
    if not left_out.keeps(traceparent, share):
        return LeftOut(traceparent)
    return _span(name, kind, {}, _context(traceparent))


def _context(traceparent: str | None) -> Context | None:
    """Of the trace that `traceparent` names; a new one when it is missing or malformed."""
    return _propagator.extract({HEADER: traceparent or ""}, Context())


def _span(
    name: str, kind: SpanKind, attributes: Mapping[str, Any], context: Context | None = None
) -> AbstractContextManager[Span | None]:
    if _tracer is None:
        return _OFF
    return _tracer.start_as_current_span(
        name,
        context,
        kind,
        {"correlation_id": correlation.current(), **attributes},
        record_exception=False,  # its text may hold what a person has typed
    )


def _statement(text: str) -> dict[str, str]:
    """On one line; it has placeholders where values stand."""
    return {"statement": text_of(text)} if text else {}
