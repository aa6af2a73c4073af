"""Events, messages and work that were seen against those that the contracts name, both directions.

What the run cannot bring about stands in `unseen.yaml`, with the reason; a line there that is not needed is a finding too.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from shared.contracts.loader import Known
from shared.contracts.source import Finding, Source
from tooling.traces.feature_attribution import DELIVER, PUBLISH
from tooling.traces.span_tree import Node, SpanTrees

DECLARED = "event-is-declared"
HAPPENS = "declared-event-happens"
HAS_A_FEATURE = "work-has-a-feature"
UNSEEN = Path("tooling", "traces", "unseen.yaml")
Fact = tuple[str, ...]
"""`back-postgres publishes user.registered`, `back-workers takes user.registered as mail`, word by word."""
Places = Mapping[Fact, tuple[Source, list[str | int]]]


class Unseen(BaseModel):
    """`fact` as it is written in messages, and why no test of the run makes it happen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fact: str
    why: str = Field(min_length=20)


_UNSEEN = TypeAdapter(list[Unseen])


def compare(root: Path, known: Known, trees: SpanTrees) -> Iterator[Finding]:
    declared = _declared(known)
    seen = {fact: node for node in trees.nodes for fact in _facts(node)}
    file = root / UNSEEN
    excused = {entry.fact: i for i, entry in enumerate(_excused(file))}
    for fact in sorted(seen.keys() - declared.keys()):
        yield _undeclared(known, fact, seen[fact])
    for fact, (source, where) in declared.items():
        if fact not in seen and " ".join(fact) not in excused:
            fix = f"correct it, test what makes it, or say in {UNSEEN} why no test can"
            yield source.finding(where, f"{' '.join(fact)}: no trace has it", fix, HAPPENS)
    for fact in excused.keys() - {" ".join(fact) for fact in declared.keys() - seen.keys()}:
        yield Finding(file, excused[fact] + 1, f"{fact!r} happens, or nobody declares it", "take the line out", HAPPENS)
    yield from _without_a_feature(root, trees)


def _declared(known: Known) -> Places:
    places: dict[Fact, tuple[Source, list[str | int]]] = {}
    for source, contract in known:
        for i, event in enumerate(contract.events.published):
            places[event.service, "publishes", event.type] = source, ["events", "published", i]
        for i, event in enumerate(contract.events.consumed):
            fact = event.service, "takes", event.type, "as", event.consumer
            places[fact] = source, ["events", "consumed", i]
        for i, socket in enumerate(contract.sockets):
            for message in socket.sends:
                places[socket.service, "delivers", message] = source, ["sockets", i, "sends", message]
    return places


def _facts(node: Node) -> Iterator[Fact]:
    """An event is published by whoever wrote it, which the relay's `publish` has as its parent."""
    verb, _, rest = node.span.name.partition(" ")
    if node.span.kind == "producer" and verb == PUBLISH and node.parent:
        yield node.parent.span.service, "publishes", rest
    if node.span.kind == "consumer" and verb == DELIVER:
        yield node.span.service, "delivers", rest
    elif node.span.kind == "consumer":
        yield from ((node.span.service, "takes", type_, "as", verb) for type_ in rest.split())


def _excused(file: Path) -> list[Unseen]:
    return _UNSEEN.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")) or [] if file.is_file() else [])


def _undeclared(known: Known, fact: Fact, node: Node) -> Finding:
    feature = node.feature or (node.parent.feature if node.parent else "")
    source = next((source for source, contract in known if contract.name == feature), known[0][0])
    text = f"{' '.join(fact)} in a trace of {feature or 'nobody'}, and no contract says so"
    return source.finding(
        ["events"], text, "add it to the events (or `sends`) of its feature, or take it out", DECLARED
    )


def _without_a_feature(root: Path, trees: SpanTrees) -> Iterator[Finding]:
    work = {
        (node.span.service, node.span.name)
        for node in trees.nodes
        if node.span.kind == "consumer" and not node.feature and not node.span.name.startswith(DELIVER)
    }
    for service, name in sorted(work):
        if not (" " in name and "." in name.rpartition(" ")[2]):
            fix = "name it `<feature>.<what>`, by the feature that it is done for"
            text = f"the work {name!r} of {service} has no feature"
            yield Finding(root / "shared" / "contracts", 1, text, fix, HAS_A_FEATURE)
