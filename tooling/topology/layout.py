"""Where each service stands in the picture: rows by kind, in an order in which few lines cross."""

from dataclasses import dataclass

from shared.contracts.boundaries import Boundaries, Service

WIDTH, BOX_WIDTH, BOX_HEIGHT, ROW = 980, 206, 78, 134
TOP = 28
ROW_OF_KIND = {"gateway": 0, "front": 1, "back": 2, "repository": 3, "store": 4, "stand-in": 4}
ROW_OF = {"back-redis": 3}
PREFERRED = [
    "front-public", "front-admin",
    "back-websockets", "back-auth", "back-api", "back-workers",
    "back-redis", "back-cassandra", "back-postgres",
    "jaeger", "redis", "cassandra", "postgres", "mail",
]  # fmt: skip
COLUMNS = {
    "front-public": 1.3, "front-admin": 2.7,
    "back-redis": 0.5, "back-cassandra": 1.5, "back-postgres": 2.5,
    "jaeger": 0.5, "cassandra": 1.5, "postgres": 2.5, "mail": 3.5,
}  # fmt: skip
"""In quarters of the width."""


@dataclass(frozen=True)
class Box:
    """A service, with its middle at `x` and its upper edge at `y`."""

    name: str
    service: Service
    row: int
    x: float
    y: float

    @property
    def bottom(self) -> float:
        return self.y + BOX_HEIGHT

    @property
    def left(self) -> float:
        return self.x - BOX_WIDTH / 2

    @property
    def right(self) -> float:
        return self.x + BOX_WIDTH / 2


def place(boundaries: Boundaries) -> dict[str, Box]:
    """A box for each service; one that is new here joins the end of its kind's row."""
    rows: dict[int, list[str]] = {}
    for name, service in sorted(boundaries.services.items(), key=lambda item: _order(item[0])):
        rows.setdefault(ROW_OF.get(name, ROW_OF_KIND[service.kind]), []).append(name)
    return {
        name: Box(name, boundaries.services[name], row, _x(name, i, len(names)), TOP + row * ROW)
        for row, names in rows.items()
        for i, name in enumerate(names)
    }


def height(boxes: dict[str, Box]) -> float:
    return max(box.bottom for box in boxes.values()) + TOP


def _order(name: str) -> tuple[int, str]:
    return PREFERRED.index(name) if name in PREFERRED else len(PREFERRED), name


def _x(name: str, index: int, count: int) -> float:
    slot = WIDTH / 4
    if name in COLUMNS:
        return COLUMNS[name] * slot
    return WIDTH / 2 + (index - (count - 1) / 2) * (slot if count <= 4 else (WIDTH - BOX_WIDTH - 40) / (count - 1))
