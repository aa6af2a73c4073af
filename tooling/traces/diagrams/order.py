"""What makes lines the same after every run: the order of calls, what repeats, and which of several drawings is taken."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tooling.traces.span_tree import Node

Lines = tuple[str, ...]


def in_order(children: Iterable[Node]) -> list[Node]:
    """The calls among them as they began; those that ran at the same time by name. What happened later has no place here."""
    calls = sorted((one for one in children if one.span.kind in ("client", "server")), key=lambda one: one.span.started)
    ordered: list[Node] = []
    for together in _overlapping(calls):
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


def collapse_repeats(blocks: Sequence[Lines]) -> list[Lines]:
    """Without what repeats the blocks right before it, however many they are."""
    kept: list[Lines] = []
    for block in blocks:
        kept.append(block)
        for length in range(1, len(kept) // 2 + 1):
            if kept[-length:] == kept[-2 * length : -length]:
                del kept[-length:]
                break
    return kept


def representative(drawings: Iterable[Lines]) -> Lines:
    """The longest drawing. Ties are broken alphabetically, among drawings seen at least a quarter as often as the most
    common one."""
    seen = list(drawings)
    longest = max(map(len, seen), default=0)
    return min(usual(lines for lines in seen if len(lines) == longest), default=())


def usual(drawings: Iterable[Lines]) -> list[Lines]:
    """Those seen at least a quarter as often as the most common one."""
    times = Counter(drawings)
    most = max(times.values(), default=0)
    return [lines for lines, count in times.items() if 4 * count >= most]
