"""One diagram: the steps of the best example, with who asked for it."""

import re
from collections.abc import Iterable, Iterator

from tooling.traces.diagrams.order import Lines, representative, usual
from tooling.traces.diagrams.sequence import BROWSER, Steps, UnusableTrace
from tooling.traces.span_tree import Node, SpanTrees

UNTRIED = "No test of the run calls it so that it answers well."
_ENDS = re.compile(r"^([a-z]+(?:-[a-z]+)*)(?:-->>|->>|--\))([a-z]+(?:-[a-z]+)*): ")


def drawn(begun: Iterable[Node], trees: SpanTrees, standing: str = "") -> str:
    """Markdown of what happened in the best of the traces that `begun` stand in: one that a page began, if there is one.

    The `standing` Markdown stays while it is what usually happens: calls at the same time come in any order.
    """
    drawings = list(_drawings(begun, Steps(trees)))
    drawings = [one for one in drawings if one[0].startswith(f"{BROWSER}->>front-")] or drawings
    if standing in map(_markdown, usual(drawings)):
        return standing
    return _markdown(representative(drawings))


def _markdown(lines: Lines) -> str:
    if not lines:
        return f"{UNTRIED}\n"
    text = "".join(f"    {line}\n" for line in (*_participants(lines), *lines))
    return f"```mermaid\nsequenceDiagram\n{text}```\n"


def _drawings(begun: Iterable[Node], steps: Steps) -> Iterator[Lines]:
    for node in begun:
        try:
            yield _work(node, steps) if node.span.kind == "consumer" else _request(node, steps)
        except UnusableTrace:
            continue


def _work(node: Node, steps: Steps) -> Lines:
    return (f"Note over {node.span.service}: {node.span.name}", *steps.lines_for(node))


def _request(node: Node, steps: Steps) -> Lines:
    """From the browser over a page, from a service, or from a client that uses the interface itself."""
    span = node.span
    caller = node.parent.span.service if node.parent else "client"
    asked = f"{caller}->>{span.service}: {span.name}"
    if span.name.startswith("WS "):
        return (asked.replace(caller, BROWSER, 1), *steps.lines_for(node))
    if not span.status.startswith("2"):
        raise UnusableTrace(span.status)
    answer = f"{span.service}-->>{caller}: {span.status}"
    page = next((one.span for one in node.above() if one.span.kind == "server"), None)
    if page is None or page.service != caller or not caller.startswith("front-"):
        return (asked, *steps.lines_for(node, (answer,)))
    answers = answer, f"{caller}-->>{BROWSER}: page"
    method, _, route = page.name.partition(" ")  # a front's routes are written without their first slash
    return (f"{BROWSER}->>{caller}: {method} /{route.lstrip('/')}", asked, *steps.lines_for(node, answers))


def _participants(lines: Lines) -> Iterator[str]:
    """In the order of their first line."""
    found = (_ENDS.match(line) for line in lines)
    names = dict.fromkeys(name for each in found if each for name in each.groups())
    for name in names:
        yield f"{'actor' if name == BROWSER else 'participant'} {name}"
