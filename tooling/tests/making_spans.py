"""Spans made by hand, one after the other."""

from itertools import count

from tooling.traces.spans import Span

_moments = count(1)


def span(service: str, kind: str, name: str, parent: Span | None = None, **more: str) -> Span:
    """A span below `parent`, which began after all that were made before it."""
    moment = next(_moments)
    return Span(
        service=service,
        name=name,
        kind=kind,
        trace_id="t",
        span_id=f"span-{moment}",
        parent_id=parent.span_id if parent else "",
        started=moment * 10,
        duration=5,
        correlation_id="request-1",
        **more,
    )


def server_span(service: str, name: str, parent: Span | None = None, *, status: str = "200", caller: str = "") -> Span:
    """A request that `service` has answered."""
    return span(service, "server", name, parent, status=status, caller=caller)


def called(service: str, peer: str, name: str, parent: Span | None = None, *, status: str = "ok") -> Span:
    """A call of `peer`."""
    return span(service, "client", name, parent, peer=peer, status=status)


def consumer_span(service: str, name: str, parent: Span | None = None) -> Span:
    """A task, an event or a message that was taken up."""
    return span(service, "consumer", name, parent)


def producer_span(service: str, name: str, parent: Span) -> Span:
    """Something that went over back-redis."""
    return span(service, "producer", name, parent, peer="back-redis")
