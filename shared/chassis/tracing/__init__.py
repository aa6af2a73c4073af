"""One trace from a click to a row: spans of what this process serves, calls and works on (W3C `traceparent`).

Off unless `TRACES_DIR` is set (docs/decisions/0016-tracing.md); then no span exists, and each function costs one comparison.
What is written of the spans, `keeping.py` decides (0035). A span says who called whom, by route template, peer and
statement: never a query string, a parameter or an address.
"""

from contextlib import AbstractContextManager, nullcontext

from shared.chassis.settings import TracingSettings
from shared.chassis.tracing import left_out
from shared.chassis.tracing.keeping import Policy, Retention, retention
from shared.chassis.tracing.left_out import BACKGROUND, STATE_HEADER, LeftOut
from shared.chassis.tracing.spans import Attributes, Kind, Part, Span, current, new_trace_id
from shared.chassis.tracing.statements import text_of
from shared.chassis.tracing.writer import Exporter
from shared.utils import correlation

HEADER = "traceparent"
_OFF: AbstractContextManager[None] = nullcontext()
_retention: Retention | None = None


def start(service: str, settings: TracingSettings) -> bool:
    """Traces this process from now on, if there is a folder for its spans."""
    if settings.traces_dir:
        policy = Policy(
            sample=settings.traces_sample,
            background=settings.traces_background,
            per_second=settings.traces_per_second,
            slow_ms=settings.traces_slow_ms,
        )
        _become(retention(service, settings.traces_dir, policy))
    return bool(settings.traces_dir)


def use(exporter: Exporter | None, policy: Policy | None = None) -> None:
    """Gives the spans to `exporter`; with None tracing is off again. Without `policy` all is kept."""
    _become(Retention(exporter, policy or Policy()) if exporter is not None else None)


def _become(new: Retention | None) -> None:
    global _retention
    if _retention:
        _retention.close()
    _retention = new


def served(
    traceparent: str | None, *, asked: bool = False, tracestate: str | None = None
) -> AbstractContextManager[Span | None]:
    """A request that comes in; `asked`: its correlation id is the client's own choice."""
    if _retention is None:
        return _OFF
    parent = left_out.parsed(traceparent)
    if parent is None:
        part = _retention.part(new_trace_id(), _retention.chooses(asked))
        return _span(part, "request", "server")
    if tracestate == BACKGROUND:
        return LeftOut(traceparent)
    return _span(_retention.part(parent.trace_id, parent.sampled), "request", "server", parent.span_id)


def worked(name: str, traceparent: str | None) -> AbstractContextManager[Span | None]:
    """A task or an event that was sent earlier, in the trace of its sender."""
    if _retention is None:
        return _OFF
    parent = left_out.parsed(traceparent)
    if parent:
        return _span(_retention.part(parent.trace_id, parent.sampled), name, "consumer", parent.span_id)
    if not _retention.chooses_background():
        return LeftOut(None)
    return _span(_retention.part(new_trace_id(), True), name, "consumer")


def untraced() -> AbstractContextManager[None]:
    """Nothing in the block is traced, also not by whom it calls."""
    return LeftOut(None)


def call(peer: str, name: str, *, alone: bool = True, statement: str = "") -> AbstractContextManager[Span | None]:
    """A call of `peer`, a service or a store; one that is not `alone` counts only as part of something else."""
    if _retention is None or left_out.header():
        return _OFF
    attributes: Attributes = {"peer": peer}
    if statement:
        attributes["statement"] = text_of(statement)
    if (parent := current()) is None:
        if not alone:
            return _OFF
        if not _retention.chooses_background():
            return LeftOut(None)
        return _span(_retention.part(new_trace_id(), True), name, "client", attributes=attributes)
    return _child(parent, name, "client", attributes)


def sent(peer: str, name: str, traceparent: str) -> None:
    """Something of another trace was handed over to `peer` just now."""
    if _retention is None or (parent := left_out.parsed(traceparent)) is None:
        return
    part = _retention.part(parent.trace_id, parent.sampled)
    with _span(part, name, "producer", parent.span_id, {"peer": peer}):
        return


def handed_over(peer: str, name: str) -> str:
    """A message of the span at hand is on its way over `peer`; the `traceparent` for whoever takes it out, empty without one."""
    if (parent := current()) is None:
        return traceparent()
    with _child(parent, name, "producer", {"peer": peer}) as span:
        return span.traceparent


def note(**attributes: str | int) -> None:
    """Something more about the span at hand."""
    if span := current():
        span.attributes.update(attributes)


def traceparent() -> str:
    """The span at hand, for whoever continues its trace; empty when there is none."""
    span = current()
    return span.traceparent if span else left_out.header()


def carried() -> dict[str, str]:
    """The headers of a call that belongs to the span at hand."""
    if span := current():
        return {HEADER: span.traceparent}
    if header := left_out.header():
        return {HEADER: header, STATE_HEADER: BACKGROUND}
    return {}


def _span(part: Part, name: str, kind: Kind, parent_id: str = "", attributes: Attributes | None = None) -> Span:
    """The first one of this process in its trace."""
    return Span(part, name, kind, parent_id, _known(attributes), True)


def _child(parent: Span, name: str, kind: Kind, attributes: Attributes) -> Span:
    return Span(parent.part, name, kind, parent.span_id, _known(attributes), False)


def _known(attributes: Attributes | None) -> Attributes:
    known: Attributes = {} if attributes is None else attributes
    known["correlation_id"] = correlation.current()
    return known
