"""What a trace did, as lines of a diagram. Lines of one block are compared, counted and left out when they repeat."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby

from tooling.traces.owners import DELIVER, PUBLISH, Key
from tooling.traces.trees import Node, Trees

BROWSER = "browser"
STREAMS = "back-redis"
READ, KEEP = "GET cache ", "SET cache "
Lines = tuple[str, ...]


class Disturbed(Exception):
    """Something went wrong on the way, so that the trace is no example."""


class Steps:
    """Draws nodes of `trees`."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
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
        """Events, tasks and messages that `node` and its calls brought about: each once, by name."""
        found = [one for one in node.below() if _is_event(one) and _causer(one, node)]
        told = {_about(one.span.name) for one in found if one.span.kind == "producer"}
        named = [(_as_if_alone(one, told), one) for one in found]
        named.sort(key=lambda each: (_about(each[0]), each[1].span.kind == "consumer", each[0]))
        lines: list[str] = []
        for (name, _), same in groupby(named, key=lambda each: (each[0], each[1].span.kind)):
            lines += best(self._event(one, name) for _, one in same)
        return tuple(lines)

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


def in_order(children: Sequence[Node]) -> list[Node]:
    """As they began; those that ran at the same time by name."""
    ordered: list[Node] = []
    for together in _overlapping(children):
        ordered += sorted(together, key=lambda one: (one.span.name, one.span.peer))
    return ordered


def _overlapping(children: Sequence[Node]) -> Iterator[list[Node]]:
    group: list[Node] = []
    end = 0
    for child in children:
        if group and child.span.started >= end:
            yield group
            group = []
        group.append(child)
        end = max(end, child.span.started + child.span.duration)
    if group:
        yield group


def once(blocks: Sequence[Lines]) -> list[Lines]:
    """Without what repeats the blocks right before it, however many they are."""
    kept: list[Lines] = []
    for block in blocks:
        kept.append(block)
        for length in range(1, len(kept) // 2 + 1):
            if kept[-length:] == kept[-2 * length : -length]:
                del kept[-length:]
                break
    return kept


def best(drawings: Iterable[Lines]) -> Lines:
    """The one with the most in it; among equals the first by text, of those that are not there by mere chance: at least a
    quarter as often as the most usual one."""
    times = Counter(drawings)
    longest = max(map(len, times), default=0)
    equals = {lines: count for lines, count in times.items() if len(lines) == longest}
    usual = (lines for lines, count in equals.items() if 4 * count >= max(equals.values()))
    return min(usual, default=())


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
