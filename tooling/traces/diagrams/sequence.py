"""What a trace did, as lines of a diagram. Lines of one block are compared, counted and left out when they repeat."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from tooling.traces.diagrams.order import Lines, collapse_repeats, in_order, representative
from tooling.traces.feature_attribution import DELIVER, PUBLISH, Key
from tooling.traces.span_tree import Node, SpanTrees

BROWSER = "browser"
STREAMS = "back-redis"
READ = "GET cache "
KEEP = "SET cache "
Event = tuple[str, str]
"""Kind and name of what is drawn as a thing of its own."""
Events = dict[Event, list[Node]]


class UnusableTrace(Exception):
    """Something went wrong on the way, so that the trace is no example."""


class Steps:
    """Draws nodes of `trees`."""

    def __init__(self, trees: SpanTrees) -> None:
        self._trees = trees
        self._brought = _brought(trees.nodes)
        self._takers = self._who_takes()
        self._drawn: dict[Event, Lines] = {}
        self._misses = dict(self._missed())

    def lines_for(self, node: Node, answer: Lines = ()) -> Lines:
        """What `node` did until its `answer`, then what happened later because of it."""
        return (*self._during(node), *answer, *self._later(node))

    def _during(self, node: Node) -> Lines:
        """The calls of `node`, one after the other; what a cache keeps is drawn as it is when the cache misses."""
        blocks: list[Lines] = []
        rest = in_order(node.children)
        while rest:
            child, *rest = rest
            if child.span.name.startswith(READ):
                rest = rest[_loaded(child, rest) :]
                blocks.append(self._cached(child))
            else:
                blocks.append(self._block(child))
        return tuple(line for block in collapse_repeats([block for block in blocks if block]) for line in block)

    def _who_takes(self) -> dict[str, dict[Event, dict[int, Node]]]:
        """By what an event is about."""
        takers: dict[str, dict[Event, dict[int, Node]]] = defaultdict(lambda: defaultdict(dict))
        for brought in self._brought.values():
            reported = _subjects(brought)
            for event, ones in brought.items():
                if event[0] == "consumer" and (about := _subject(event[1])) in reported:
                    takers[about][event] |= {id(one): one for one in ones}
        return takers

    def _cached(self, read: Node) -> Lines:
        asked = self._block(read)
        miss = self._misses.get((read.span.service, read.span.name), ())
        return (*asked, "opt it is not kept", *miss, "end") if miss else asked

    def _missed(self) -> Iterator[tuple[Key, Lines]]:
        """The most that was done for each thing that a cache did not have."""
        found: dict[Key, list[Lines]] = defaultdict(list)
        for node in self._trees.nodes:
            children = in_order(node.children) if any(c.span.name.startswith(READ) for c in node.children) else []
            for i, child in enumerate(children):
                loaded = children[i + 1 : i + 1 + _loaded(child, children[i + 1 :])]
                with suppress(UnusableTrace):
                    lines = tuple(line for one in loaded for line in self._block(one))
                    found[child.span.service, child.span.name].append(lines)
        return ((key, representative(drawings)) for key, drawings in found.items())

    def _block(self, child: Node) -> Lines:
        span = child.span
        _undisturbed(child)
        if span.kind in ("consumer", "producer"):
            return ()
        if self._trees.own_store(span):
            return (f"Note over {span.service}: {span.name.replace('; ', '<br/>')}",)
        if span.kind == "client" and self._trees.is_store(span.peer):
            return (_call(span.service, span.peer, span.name.removeprefix("MULTI ")),)
        server_node = [child] if span.kind == "server" else [one for one in child.children if one.span.kind == "server"]
        answered = server_node[-1:]  # the ones before were refused, and asked again with another token
        return tuple(line for one in answered for line in self._exchange(one, span.service))

    def _exchange(self, server_node: Node, caller: str) -> Lines:
        if server_node.parent and server_node.feature != _caller_feature(server_node):
            return ()
        _undisturbed(server_node)
        span = server_node.span
        calls = _call(caller, span.service, span.name), *self._during(server_node)
        return (*calls, f"{span.service}-->>{caller}: {span.status}")

    def _later(self, node: Node) -> Lines:
        """Events, tasks and messages that `node` and its calls brought about: each once, by name.

        Who takes an event is the same whenever it comes, but a batch stands in the trace of its first event alone. So
        what is published here is drawn with all who take it, as they took it anywhere in the run.
        """
        own = self._brought[id(node)]
        takers = {event: ones.values() for reported in _subjects(own) for event, ones in self._takers[reported].items()}
        lines: list[str] = []
        for event in sorted(own.keys() | takers.keys(), key=lambda event: _place(*event)):
            lines += self._taken(event, takers[event]) if event in takers else self._best_event(event[1], own[event])
        return tuple(lines)

    def _taken(self, event: Event, ones: Iterable[Node]) -> Lines:
        """Drawn once a run. One that brings about itself again is left out there."""
        if event not in self._drawn:
            self._drawn[event] = ()
            try:
                self._drawn[event] = self._best_event(event[1], ones)
            except UnusableTrace:
                del self._drawn[event]
                raise
        return self._drawn[event]

    def _best_event(self, name: str, ones: Iterable[Node]) -> Lines:
        """Raises UnusableTrace when it went well nowhere."""
        drawings: list[Lines] = []
        for one in ones:
            with suppress(UnusableTrace):
                drawings.append(self._event(one, name))
        if not drawings:
            raise UnusableTrace(name)
        return representative(drawings)

    def _event(self, one: Node, name: str) -> Lines:
        _undisturbed(one)
        span = one.span
        source = one.hops[0].source if one.hops else one.span.service
        what = _subject(name)
        if span.kind == "producer":
            by = () if source == span.service else (_arrow(source, span.service, f"outbox {what}"),)
            return (*by, _arrow(span.service, span.peer, f"stream {what}"))
        if span.name.startswith(DELIVER):
            return (_arrow(source, span.service, what), _arrow(span.service, BROWSER, what))
        carrier = source if self._trees.is_store(source) else STREAMS
        return (_arrow(carrier, span.service, name), *self.lines_for(one))


def _undisturbed(node: Node) -> None:
    status = node.span.status
    if status == "error" or status.startswith("5"):
        raise UnusableTrace(f"{node.span.service} {node.span.name}: {status}")


def _caller_feature(server_node: Node) -> str:
    return next((one.feature for one in server_node.above()), "")


def _brought(nodes: Iterable[Node]) -> dict[int, Events]:
    """By the id of each node: the events, tasks and messages that it brought about, with no other one between."""
    found: dict[int, list[Node]] = defaultdict(list)
    for one in nodes:
        if _is_event(one):
            for above in one.above():
                found[id(above)].append(one)
                if _is_event(above):
                    break
    return defaultdict(dict, {number: _named(ones) for number, ones in found.items()})


def _named(found: Sequence[Node]) -> Events:
    reported = {_subject(one.span.name) for one in found if one.span.kind == "producer"}
    named: Events = defaultdict(list)
    for one in found:
        named[one.span.kind, _as_if_alone(one, reported)].append(one)
    return named


def _subjects(brought: Events) -> set[str]:
    """What the published ones of these events are about."""
    return {_subject(name) for kind, name in brought if kind == "producer"}


def _place(kind: str, name: str) -> tuple[str, bool, str]:
    return _subject(name), kind == "consumer", name


def _is_event(one: Node) -> bool:
    """Whether it is drawn as a thing of its own; an announcement is the message that it announces."""
    return one.span.kind == "consumer" or (one.span.kind == "producer" and one.span.name.startswith(PUBLISH))


def _loaded(read: Node, after: Sequence[Node]) -> int:
    """How many of the calls `after` a read of the cache filled it; none when it had what was asked for."""
    keep = KEEP + read.span.name.removeprefix(READ) if read.span.name.startswith(READ) else ""
    return next((i + 1 for i, one in enumerate(after) if one.span.name == keep), 0)


def _subject(name: str) -> str:
    """The event, task or message that a span of this name is about."""
    return name.partition(" ")[2] or name


def _as_if_alone(one: Node, reported: set[str]) -> str:
    """The name of its span. A batch names all types in it: here it stands for the one of this trace, which is in `told`."""
    group, _, types = one.span.name.partition(" ")
    mine = [each for each in types.split() if each in reported] if one.span.kind == "consumer" else []
    return f"{group} {mine[0]}" if mine else one.span.name


def _call(caller: str, callee: str, what: str) -> str:
    return f"{caller}->>{callee}: {what}"


def _arrow(source: str, target: str, what: str) -> str:
    return f"{source}--){target}: {what}"
