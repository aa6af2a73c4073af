"""What a trace did, as lines of a diagram. Lines of one block are compared, counted and left out when they repeat."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from tooling.traces.diagrams.order import Lines, best, in_order, once
from tooling.traces.owners import DELIVER, PUBLISH, Key
from tooling.traces.trees import Node, Trees

BROWSER = "browser"
STREAMS = "back-redis"
READ, KEEP = "GET cache ", "SET cache "
Event = tuple[str, str]
"""Kind and name of what is drawn as a thing of its own."""


class Disturbed(Exception):
    """Something went wrong on the way, so that the trace is no example."""


class Steps:
    """Draws nodes of `trees`."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
        self._caused: dict[Key, dict[Event, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self._takers: dict[str, dict[Event, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self._remember_events()
        self._misses = dict(self._missed())

    def of(self, node: Node, answer: Lines = ()) -> Lines:
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
        return tuple(line for block in once([block for block in blocks if block]) for line in block)

    def _remember_events(self) -> None:
        """By what caused them, and who takes what by what it is about."""
        for node in self._trees.nodes:
            brought = _brought(node)
            told = {_about(name) for kind, name in brought if kind == "producer"}
            for event, ones in brought.items():
                self._caused[_key(node)][event] += ones
                if event[0] == "consumer" and _about(event[1]) in told:
                    self._takers[_about(event[1])][event] += ones

    def _cached(self, read: Node) -> Lines:
        asked, miss = self._block(read), self._misses.get((read.span.service, read.span.name), ())
        return (*asked, "opt it is not kept", *miss, "end") if miss else asked

    def _missed(self) -> Iterator[tuple[Key, Lines]]:
        """The most that was done for each thing that a cache did not have."""
        found: dict[Key, list[Lines]] = defaultdict(list)
        for node in self._trees.nodes:
            children = in_order(node.children) if any(c.span.name.startswith(READ) for c in node.children) else []
            for i, child in enumerate(children):
                loaded = children[i + 1 : i + 1 + _loaded(child, children[i + 1 :])]
                with suppress(Disturbed):
                    lines = tuple(line for one in loaded for line in self._block(one))
                    found[child.span.service, child.span.name].append(lines)
        return ((key, best(drawings)) for key, drawings in found.items())

    def _block(self, child: Node) -> Lines:
        span = child.span
        _undisturbed(child)
        if span.kind in ("consumer", "producer"):
            return ()
        if self._trees.own_store(span):
            return (f"Note over {span.service}: {span.name.replace('; ', '<br/>')}",)
        if span.kind == "client" and self._trees.is_store(span.peer):
            return (_call(span.service, span.peer, span.name.removeprefix("MULTI ")),)
        served = [child] if span.kind == "server" else [one for one in child.children if one.span.kind == "server"]
        answered = served[-1:]  # the ones before were refused, and asked again with another token
        return tuple(line for one in answered for line in self._exchange(one, span.service))

    def _exchange(self, served: Node, caller: str) -> Lines:
        if served.parent and served.feature != _caller_feature(served):
            return ()
        _undisturbed(served)
        span = served.span
        calls = _call(caller, span.service, span.name), *self._during(served)
        return (*calls, f"{span.service}-->>{caller}: {span.status}")

    def _later(self, node: Node) -> Lines:
        """Events, tasks and messages that `node` and its calls brought about: each once, by name.

        Who takes an event is the same whenever it comes, but a batch stands in the trace of its first event alone. So
        what is published here is drawn with all who take it, as they took it after the same cause.
        """
        caused = self._caused[_key(node)]
        wanted = {(kind, name): caused[kind, name] for kind, name in _brought(node)}
        for told in {_about(name) for kind, name in wanted if kind == "producer"}:
            takers = {
                event: ones for event, ones in caused.items() if event[0] == "consumer" and _about(event[1]) == told
            }
            wanted |= self._takers[told] | takers
        lines: list[str] = []
        for (_, name), ones in sorted(wanted.items(), key=lambda each: _place(*each[0])):
            lines += self._best_event(name, ones)
        return tuple(lines)

    def _best_event(self, name: str, ones: Iterable[Node]) -> Lines:
        """Raises Disturbed when it went well nowhere."""
        drawings: list[Lines] = []
        for one in ones:
            with suppress(Disturbed):
                drawings.append(self._event(one, name))
        if not drawings:
            raise Disturbed(name)
        return best(drawings)

    def _event(self, one: Node, name: str) -> Lines:
        _undisturbed(one)
        span, source, what = one.span, one.hops[0].source if one.hops else one.span.service, _about(name)
        if span.kind == "producer":
            by = () if source == span.service else (_arrow(source, span.service, f"outbox {what}"),)
            return (*by, _arrow(span.service, span.peer, f"stream {what}"))
        if span.name.startswith(DELIVER):
            return (_arrow(source, span.service, what), _arrow(span.service, BROWSER, what))
        carrier = source if self._trees.is_store(source) else STREAMS
        return (_arrow(carrier, span.service, name), *self.of(one))


def _undisturbed(node: Node) -> None:
    status = node.span.status
    if status == "error" or status.startswith("5"):
        raise Disturbed(f"{node.span.service} {node.span.name}: {status}")


def _caller_feature(served: Node) -> str:
    return next((one.feature for one in served.above()), "")


def _causer(later: Node, node: Node) -> bool:
    """Whether no other event lies between `node` and `later`."""
    for one in later.above():
        if one is node:
            return True
        if _is_event(one):
            return False
    return False


def _brought(node: Node) -> dict[Event, list[Node]]:
    """The events, tasks and messages between which and `node` no other lies, by kind and name."""
    found = [one for one in node.below() if _is_event(one) and _causer(one, node)]
    told = {_about(one.span.name) for one in found if one.span.kind == "producer"}
    brought: dict[Event, list[Node]] = defaultdict(list)
    for one in found:
        brought[one.span.kind, _as_if_alone(one, told)].append(one)
    return brought


def _key(node: Node) -> Key:
    return node.span.service, node.span.name


def _place(kind: str, name: str) -> tuple[str, bool, str]:
    return _about(name), kind == "consumer", name


def _is_event(one: Node) -> bool:
    """Whether it is drawn as a thing of its own; an announcement is the message that it announces."""
    return one.span.kind == "consumer" or (one.span.kind == "producer" and one.span.name.startswith(PUBLISH))


def _loaded(read: Node, after: Sequence[Node]) -> int:
    """How many of the calls `after` a read of the cache filled it; none when it had what was asked for."""
    keep = KEEP + read.span.name.removeprefix(READ) if read.span.name.startswith(READ) else ""
    return next((i + 1 for i, one in enumerate(after) if one.span.name == keep), 0)


def _about(name: str) -> str:
    """The event, task or message that a span of this name is about."""
    return name.partition(" ")[2] or name


def _as_if_alone(one: Node, told: set[str]) -> str:
    """The name of its span. A batch names all types in it: here it stands for the one of this trace, which is in `told`."""
    group, _, types = one.span.name.partition(" ")
    mine = [each for each in types.split() if each in told] if one.span.kind == "consumer" else []
    return f"{group} {mine[0]}" if mine else one.span.name


def _call(caller: str, callee: str, what: str) -> str:
    return f"{caller}->>{callee}: {what}"


def _arrow(source: str, target: str, what: str) -> str:
    return f"{source}--){target}: {what}"
