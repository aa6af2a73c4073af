"""Distributed tracing: server, client, producer and consumer spans, linked across services by W3C `traceparent`.

Off unless `TRACES_DIR` is set (docs/decisions/0016-tracing.md): without it no span is created, and each function
costs one comparison. `retention.py` decides which traces are written (0035). A span names route template, peer and
statement, never a query string, a parameter or an address.
"""

from contextlib import AbstractContextManager, nullcontext

from shared.chassis.settings import TracingSettings
from shared.chassis.tracing import unsampled
from shared.chassis.tracing.retention import Policy, Retention, file_retention
from shared.chassis.tracing.spans import Attributes, Kind, Part, Span, current, new_trace_id
from shared.chassis.tracing.statements import text_of
from shared.chassis.tracing.unsampled import BACKGROUND, STATE_HEADER, Unsampled
from shared.chassis.tracing.writer import Exporter
from shared.utils import correlation

HEADER = "traceparent"
_OFF: AbstractContextManager[None] = nullcontext()
_retention: Retention | None = None


def start(service: str, settings: TracingSettings) -> bool:
    """Turns tracing on if `settings` name a folder for spans. Returns whether it is on."""
    if settings.traces_dir:
        policy = Policy(
            sample=settings.traces_sample,
            background=settings.traces_background,
            per_second=settings.traces_per_second,
            slow_ms=settings.traces_slow_ms,
        )
        _become(file_retention(service, settings.traces_dir, policy))
    return bool(settings.traces_dir)


def use(exporter: Exporter | None, policy: Policy | None = None) -> None:
    """Sends spans to `exporter`; None turns tracing off. Without `policy` every trace is kept."""
    _become(Retention(exporter, policy or Policy()) if exporter is not None else None)


def _become(new: Retention | None) -> None:
    global _retention
    if _retention:
        _retention.close()
    _retention = new


def server_span(
    traceparent: str | None, *, asked: bool = False, tracestate: str | None = None
) -> AbstractContextManager[Span | None]:
    """Span of an incoming request. `asked`: the client has chosen the correlation id."""
    if _retention is None:
        return _OFF
    parent = unsampled.parsed(traceparent)
    if parent is None:
        part = _retention.part(new_trace_id(), _retention.is_sampled(asked))
        return _span(part, "request", "server")
    if tracestate == BACKGROUND:
        return Unsampled(traceparent)
    return _span(_retention.part(parent.trace_id, parent.sampled), "request", "server", parent.span_id)


def consumer_span(name: str, traceparent: str | None) -> AbstractContextManager[Span | None]:
    """Span of a task or event that this process handles, in the trace of its sender."""
    if _retention is None:
        return _OFF
    parent = unsampled.parsed(traceparent)
    if parent:
        return _span(_retention.part(parent.trace_id, parent.sampled), name, "consumer", parent.span_id)
    if not _retention.is_background_sampled():
        return Unsampled(None)
    return _span(_retention.part(new_trace_id(), True), name, "consumer")


def untraced() -> AbstractContextManager[None]:
    """Traces nothing in the block, neither here nor in the services that it calls."""
    return Unsampled(None)


def client_span(peer: str, name: str, *, root: bool = True, statement: str = "") -> AbstractContextManager[Span | None]:
    """Span of a call to `peer`, a service or a store. With `root=False` it never begins a trace of its own."""
    if _retention is None or unsampled.header():
        return _OFF
    attributes: Attributes = {"peer": peer}
    if statement:
        attributes["statement"] = text_of(statement)
    if (parent := current()) is None:
        if not root:
            return _OFF
        if not _retention.is_background_sampled():
            return Unsampled(None)
        return _span(_retention.part(new_trace_id(), True), name, "client", attributes=attributes)
    return _child(parent, name, "client", attributes)


def record_publish(peer: str, name: str, traceparent: str) -> None:
    """Records a producer span in the trace of `traceparent`: the message was sent to `peer` just now."""
    if _retention is None or (parent := unsampled.parsed(traceparent)) is None:
        return
    part = _retention.part(parent.trace_id, parent.sampled)
    with _span(part, name, "producer", parent.span_id, {"peer": peer}):
        return


def producer_context(peer: str, name: str) -> str:
    """Records a producer span for a message sent over `peer`. Returns the `traceparent` for its consumer, or ""."""
    if (parent := current()) is None:
        return traceparent()
    with _child(parent, name, "producer", {"peer": peer}) as span:
        return span.traceparent


def set_attributes(**attributes: str | int) -> None:
    """Sets attributes of the current span; does nothing without one."""
    if span := current():
        span.attributes.update(attributes)


def traceparent() -> str:
    """The `traceparent` of the current span, or "" when there is none."""
    span = current()
    return span.traceparent if span else unsampled.header()


def trace_headers() -> dict[str, str]:
    """The headers that carry the current span to a callee (`traceparent`, `tracestate`)."""
    if span := current():
        return {HEADER: span.traceparent}
    if header := unsampled.header():
        return {HEADER: header, STATE_HEADER: BACKGROUND}
    return {}


def _span(part: Part, name: str, kind: Kind, parent_id: str = "", attributes: Attributes | None = None) -> Span:
    """The first span of this process in its trace."""
    return Span(part, name, kind, parent_id, _known(attributes), True)


def _child(parent: Span, name: str, kind: Kind, attributes: Attributes) -> Span:
    return Span(parent.part, name, kind, parent.span_id, _known(attributes), False)


def _known(attributes: Attributes | None) -> Attributes:
    known: Attributes = {} if attributes is None else attributes
    known["correlation_id"] = correlation.current()
    return known
