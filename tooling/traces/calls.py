"""The calls that happened against the `calls` of boundaries.yaml, both directions."""

from collections.abc import Iterator, Sequence

from shared.contracts.boundaries import Boundaries
from shared.contracts.flow import CALL
from shared.contracts.source import Finding, Source
from tooling.traces import graph
from tooling.traces.spans import Span

DECLARED = "call-is-declared"
HAPPENS = "declared-call-happens"


def compare(source: Source, boundaries: Boundaries, spans: Sequence[Span]) -> Iterator[Finding]:
    """What differs; nothing when what happened is what is declared in `source`."""
    seen = graph.calls(spans)
    declared = boundaries.edges()
    for caller, callee in sorted(seen.keys() - declared):
        text = f"undeclared call {caller} {CALL} {callee}, e.g. {seen[caller, callee]}"
        fix = f"take it out, or add {callee} to the `calls` of {caller}"
        yield source.finding(["services", caller, "calls"], text, fix, DECLARED)
    optional = {name for name, service in boundaries.services.items() if service.optional}
    for caller, callee in sorted(edge for edge in declared - seen.keys() if edge[1] not in optional):
        text = f"declared call {caller} {CALL} {callee} was never seen"
        fix = f"take {callee} out of the `calls` of {caller}, or test what makes it"
        yield source.finding(["services", caller, "calls"], text, fix, HAPPENS)
