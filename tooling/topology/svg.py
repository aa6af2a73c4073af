"""The picture as SVG, readable on a light and on a dark page."""

import textwrap
from xml.sax.saxutils import escape

from shared.contracts.boundaries import Boundaries
from tooling.topology.layout import BOX_HEIGHT, BOX_WIDTH, ROW, WIDTH, Box, height, place

LINE_CHARACTERS = 32
GAP = ROW - BOX_HEIGHT - 3
STYLE = """
  text { font-family: ui-sans-serif, system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1c2430; }
  .name { font-size: 15px; font-weight: 650; }
  .port { font-size: 12px; fill: #5b6675; font-variant-numeric: tabular-nums; }
  .does { font-size: 11.5px; fill: #46505e; }
  rect { fill: #ffffff; stroke-width: 1.5; }
  .gateway rect { stroke: #7a5af8; fill: #f6f3ff; } .front rect { stroke: #0e8fb3; fill: #eefafe; }
  .back rect { stroke: #c2570c; fill: #fff6ed; } .repository rect { stroke: #15803d; fill: #effaf2; }
  .store rect, .stand-in rect { stroke: #8892a0; fill: #f5f7f9; }
  path { fill: none; stroke-width: 1.5; opacity: .75; }
  path.gateway, marker.gateway path { stroke: #7a5af8; } path.front, marker.front path { stroke: #0e8fb3; }
  path.back, marker.back path { stroke: #c2570c; } path.repository, marker.repository path { stroke: #15803d; }
  marker path { stroke-width: 1.8; opacity: 1; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e8edf4; } .port { fill: #a4b0c0; } .does { fill: #bac5d3; }
    .gateway rect { fill: #231d3f; stroke: #9d86ff; } .front rect { fill: #0d2a34; stroke: #38b6da; }
    .back rect { fill: #33200f; stroke: #f0883e; } .repository rect { fill: #102a19; stroke: #4fbf73; }
    .store rect, .stand-in rect { fill: #1c232c; stroke: #75808f; }
    path.gateway, marker.gateway path { stroke: #9d86ff; } path.front, marker.front path { stroke: #38b6da; }
    path.back, marker.back path { stroke: #f0883e; } path.repository, marker.repository path { stroke: #4fbf73; }
  }
"""
MARKER = (
    '<marker id="to-{kind}" class="{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto-start-reverse"><path d="M1 1 L7 4 L1 7"/></marker>'
)


def draw(boundaries: Boundaries) -> str:
    """The whole document."""
    boxes = place(boundaries)
    kinds = dict.fromkeys(box.service.kind for box in boxes.values())
    edges = sorted(boundaries.edges())
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height(boxes):g}" role="img">',
        '<title id="title">Who may call whom</title>',
        f'<desc id="description">{escape(describe(boundaries))}</desc>',
        f"<style>{STYLE}</style>",
        "<defs>" + "".join(MARKER.format(kind=kind) for kind in kinds) + "</defs>",
        *(_edge(boxes[caller], boxes[callee], boxes, edges) for caller, callee in edges),
        *(_box(box) for box in boxes.values()),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def describe(boundaries: Boundaries) -> str:
    """The same in words, for who cannot see it."""
    calls = {name: service.calls for name, service in boundaries.services.items() if service.calls}
    return " ".join(f"{name} may call {', '.join(callees)}." for name, callees in calls.items())


def _box(box: Box) -> str:
    says = textwrap.wrap(box.service.does, LINE_CHARACTERS)
    text = [
        f'<text class="name" x="{box.left + 12:g}" y="{box.y + 25:g}">{escape(box.name)}</text>',
        f'<text class="port" x="{box.right - 12:g}" y="{box.y + 25:g}" text-anchor="end">{box.service.port}</text>',
        *(
            f'<text class="does" x="{box.left + 12:g}" y="{box.y + 45 + 16 * i:g}">{escape(line)}</text>'
            for i, line in enumerate(says[:2])
        ),
    ]
    frame = f'<rect x="{box.left:g}" y="{box.y:g}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="10"/>'
    return f'<g class="{box.service.kind}">{frame}{"".join(text)}</g>'


def _edge(caller: Box, callee: Box, boxes: dict[str, Box], edges: list[tuple[str, str]]) -> str:
    kind = caller.service.kind
    return f'<path class="{kind}" d="{_route(caller, callee, boxes, edges)}" marker-end="url(#to-{kind})"/>'


def _route(caller: Box, callee: Box, boxes: dict[str, Box], edges: list[tuple[str, str]]) -> str:
    if caller.row == callee.row:
        start, end = (caller.right, callee.left - 3) if caller.x < callee.x else (caller.left, callee.right + 3)
        y = caller.y + BOX_HEIGHT / 2
        return f"M{start:g} {y:g} L{end:g} {y:g}"
    end = _port(callee, caller, [boxes[a] for a, b in edges if b == callee.name and boxes[a].row != callee.row])
    y1 = callee.y - 3
    if _beside(caller, callee):
        start, y0 = caller.left if callee.x < caller.x else caller.right, caller.y + BOX_HEIGHT / 2
        return f"M{start:g} {y0:g} C{end:g} {y0:g} {end:g} {y0:g} {end:g} {y0 + 70:g} L{end:g} {y1:g}"
    start = _port(caller, callee, [boxes[b] for a, b in edges if a == caller.name and _below(caller, boxes[b])])
    y0 = y1 - GAP  # straight down past the rows between, then over
    return f"M{start:g} {caller.bottom:g} L{start:g} {y0:g} C{start:g} {y0 + 28:g} {end:g} {y1 - 24:g} {end:g} {y1:g}"


def _beside(caller: Box, callee: Box) -> bool:
    """Whether the line leaves at the side, to go around what stands in the rows between."""
    return (
        callee.row - caller.row > 1
        and not caller.left < callee.x < caller.right
        and abs(callee.x - caller.x) > WIDTH / 4
    )


def _below(caller: Box, callee: Box) -> bool:
    return callee.row != caller.row and not _beside(caller, callee)


def _port(box: Box, other: Box, others: list[Box]) -> float:
    """Where on `box` the line to `other` meets: side by side, in the order in which the others stand."""
    names = [each.name for each in sorted(others, key=lambda each: (each.x, each.row))]
    step = min(26.0, (BOX_WIDTH - 50) / max(len(names), 1))
    return box.x + (names.index(other.name) - (len(names) - 1) / 2) * step
