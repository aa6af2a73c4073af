"""The graph of calls that happened, each with one example.

Who calls is known three ways: a client span names its peer; a server span's parent is a span of the caller; and where there
is no parent, the service token that was verified names the caller (a call that bypassed the chassis' client). A server span
with none of these came from outside: the gateway has no spans, so what it leads to counts as its call. A repository is
not behind the gateway; a call of it from outside is undeclared like any other, unless it was refused (the tests knock at
closed doors). A service's own call counts by its client span, whatever was answered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tooling.traces.spans import Span

GATEWAY = "back-gateway"
REFUSED = {"401", "403"}
Edge = tuple[str, str]
"""Caller and callee."""


@dataclass(frozen=True)
class Example:
    """One of the calls: at which route or task it began, and how to find it in the logs."""

    began_at: str
    correlation_id: str

    def __str__(self) -> str:
        return f"{self.began_at}, correlation id {self.correlation_id or 'none'}"


def calls(spans: Sequence[Span]) -> dict[Edge, Example]:
    """Every edge that was seen."""
    by_id = {span.span_id: span for span in spans}
    seen: dict[Edge, Example] = {}
    for span in spans:
        for edge in _edges(span, by_id):
            if edge not in seen:
                seen[edge] = _example(span, by_id)
    return seen


def _edges(span: Span, by_id: Mapping[str, Span]) -> Iterator[Edge]:
    if span.peer:
        yield span.service, span.peer
    elif span.kind == "server":
        parent = by_id.get(span.parent_id)
        if parent is None and span.status in REFUSED:
            return
        caller = parent.service if parent else span.caller or GATEWAY
        if caller != span.service:
            yield caller, span.service


def _example(span: Span, by_id: Mapping[str, Span]) -> Example:
    """By the oldest span of its trace that is known."""
    while parent := by_id.get(span.parent_id):
        span = parent
    return Example(f"{span.service} {span.name}", span.correlation_id)
