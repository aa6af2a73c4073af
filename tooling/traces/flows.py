"""Each feature's `data_flow` against the calls in its traces, both directions.

Left out by rule: what came from outside (the tests stand where a browser, the gateway or a service stands), a call whose
other side did not record what was asked of it, and a repository's statements.
"""

from collections.abc import Iterable, Iterator

from shared.contracts import flow
from shared.contracts.flow import Hop, Steps
from shared.contracts.loader import Known
from shared.contracts.manifest import Contract
from shared.contracts.source import Finding, Source
from tooling.traces.span_tree import Node, SpanTrees

DECLARED = "flow-is-declared"
HAPPENS = "declared-flow-happens"


def compare(known: Known, trees: SpanTrees) -> Iterator[Finding]:
    """What each feature did beside its `data_flow`, and what of it did not happen."""
    for source, contract in known:
        own = [node for node in trees.nodes if node.feature == contract.name]
        yield from _undeclared(source, contract, own)
        yield from _unseen(source, contract, own)


def _undeclared(source: Source, contract: Contract, own: Iterable[Node]) -> Iterator[Finding]:
    declared = {hop for line in contract.data_flow for hop in flow.hops(line)}
    missing: dict[Hop, Node] = {}
    for node in own:
        for hop in set(node.hops) - declared:
            missing[hop] = min(missing.get(hop, node), node, key=lambda one: (len(_line(one)), _line(one)))
    for hop, node in sorted(missing.items()):
        text = f"{hop} happened in a trace of {contract.name}, e.g. {_where(node)}, and is not in its data_flow"
        fix = f"add `- {_line(node)}` to data_flow, or take the call out"
        yield source.finding(["data_flow"], text, fix, DECLARED)


def _unseen(source: Source, contract: Contract, own: Iterable[Node]) -> Iterator[Finding]:
    ways = {node.way for node in own}
    for i, line in enumerate(contract.data_flow):
        declared = flow.steps(line)
        if not any(way[-len(declared) :] == declared for way in ways):
            text = f"the flow {line!r} was not seen as a whole in any trace of {contract.name}"
            yield source.finding(["data_flow", i], text, "correct it, or test what takes that way", HAPPENS)


def _line(node: Node) -> str:
    """The way to `node` from where its feature began, with whoever called there."""
    first = node
    while first.parent and first.parent.feature == node.feature:
        first = first.parent
    return " ".join(_from(node.way, len(first.way) - 2 * max(1, len(first.hops)) - 1))


def _from(way: Steps, start: int) -> Steps:
    return way[max(0, start) :]


def _where(node: Node) -> str:
    first = list(node.above())[-1] if node.parent else node
    return f"{first.span.service} {first.span.name}, correlation id {node.span.correlation_id or 'none'}"
