"""Spans as trees: each node knows its parent, the feature that it belongs to, and the way that led to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from shared.contracts.boundaries import Boundaries
from shared.contracts.flow import CALL, LATER, Hop, Steps
from tooling.traces.feature_attribution import FeatureAttribution
from tooling.traces.spans import Span


@dataclass(eq=False)
class Node:
    """`way` leads from where the trace began to here; `hops` are the last steps of it, those that this span took."""

    span: Span
    parent: "Node | None" = None
    feature: str = ""
    way: Steps = ()
    hops: tuple[Hop, ...] = ()
    children: "list[Node]" = field(default_factory=list["Node"])

    def below(self) -> "Iterator[Node]":
        """All that it caused, itself first."""
        yield self
        for child in self.children:
            yield from child.below()

    def above(self) -> "Iterator[Node]":
        """What led to it, the nearest first."""
        node = self.parent
        while node:
            yield node
            node = node.parent


class SpanTrees:
    """Of one run. `roots` began their trace; below them are `nodes`, in the order of their time."""

    def __init__(self, spans: Sequence[Span], owners: FeatureAttribution, boundaries: Boundaries) -> None:
        self._owners = owners
        self._kinds = {name: service.kind for name, service in boundaries.services.items()}
        known = {span.span_id: Node(span) for span in sorted(spans, key=lambda span: (span.started, span.name))}
        self.roots = [node for node in known.values() if not _adopted(node, known)]
        for root in self.roots:
            self._walk(root)
        self.nodes = [node for root in self.roots for node in root.below()]

    def own_store(self, span: Span) -> bool:
        """Whether it is a repository's statement: flows end at the repository."""
        return self._kinds.get(span.service) == "repository" and span.kind == "client"

    def is_store(self, name: str) -> bool:
        """Whether `name` has no spans of its own, so that its part ends with the call."""
        return self._kinds.get(name) in ("store", "stand-in")

    def _walk(self, node: Node) -> None:
        above = node.parent
        node.feature = self._owners.feature_of(node.span, above.span if above else None, above.feature if above else "")
        base = above.way if above else ()
        taken = self._steps(node.span, base)
        node.way = (*base, *taken) if base else taken
        node.hops = tuple(Hop(*node.way[i : i + 3]) for i in range(max(0, len(base) - 1), len(node.way) - 2, 2))
        for child in node.children:
            self._walk(child)

    def _steps(self, span: Span, base: Steps) -> Steps:
        """What the way grows by: nothing by a call whose other side has spans of its own, or by a repository's statement."""
        here = base[-1] if base else ""
        to = () if self.own_store(span) or not self.is_store(span.peer) else (CALL, span.peer)
        if not here:
            return (span.service, *to)
        if span.kind == "server" and here != span.service:
            return (CALL, span.service)
        if span.kind in ("consumer", "producer") and (here != span.service):
            return (LATER, span.service, *to)
        return to


def _adopted(node: Node, known: Mapping[str, Node]) -> bool:
    parent = known.get(node.span.parent_id)
    if parent is None:
        return False
    node.parent = parent
    parent.children.append(node)
    return True
