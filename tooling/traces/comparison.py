"""What was seen against what is declared: `calls` of boundaries.yaml and the `data_flow` of each contract, both directions."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import yaml

from shared.contracts.boundaries import Boundaries
from tooling.traces.graph import Edge, Example

ARROW = " → "
Flows = Mapping[str, Sequence[Edge]]
"""The hops of each feature's data flow."""


def compare(seen: Mapping[Edge, Example], boundaries: Boundaries, flows: Flows) -> list[str]:
    """What differs, with what to do about it; nothing when what happened is what is declared."""
    declared = boundaries.edges()
    optional = {name for name, service in boundaries.services.items() if service.optional}
    expected = {(caller, callee) for caller, callee in declared if callee not in optional}
    return [*_undeclared(seen, declared), *_unseen(seen, expected), *_unseen_hops(seen, flows)]


def read_flows(contracts: Path) -> dict[str, list[Edge]]:
    """Of every `<feature>/feature.yaml` below `contracts`."""
    return {path.parent.name: _hops(path) for path in sorted(contracts.glob("*/feature.yaml"))}


def _hops(path: Path) -> list[Edge]:
    flows: list[str] = yaml.safe_load(path.read_text(encoding="utf-8"))["data_flow"]
    return [hop for flow in flows for hop in pairwise(flow.split(ARROW))]


def _undeclared(seen: Mapping[Edge, Example], declared: set[Edge]) -> Iterator[str]:
    for edge in sorted(seen.keys() - declared):
        caller, callee = edge
        yield (
            f"undeclared call {caller}{ARROW}{callee}, e.g. {seen[edge]}. Fix: take it out, or add {callee} to the "
            f"`calls` of {caller} in shared/contracts/boundaries.yaml"
        )


def _unseen(seen: Mapping[Edge, Example], declared: set[Edge]) -> Iterator[str]:
    for caller, callee in sorted(declared - seen.keys()):
        yield (
            f"declared call {caller}{ARROW}{callee} was never seen. Fix: take {callee} out of the `calls` of {caller} in "
            "shared/contracts/boundaries.yaml, or test what makes it"
        )


def _unseen_hops(seen: Mapping[Edge, Example], flows: Flows) -> Iterator[str]:
    for feature, hops in flows.items():
        for caller, callee in dict.fromkeys(hops):
            if (caller, callee) not in seen:
                yield (
                    f"{feature}: the hop {caller}{ARROW}{callee} of its data_flow was never seen. Fix: correct data_flow "
                    f"in shared/contracts/{feature}/feature.yaml, or test what makes it"
                )
