"""Who may call whom, as text and as a Mermaid diagram."""

from collections.abc import Iterator

from shared.contracts.boundaries import Boundaries

SHAPES = {"store": ("[(", ")]"), "stand-in": ("[/", "/]"), "gateway": ("{{", "}}")}


def as_text(boundaries: Boundaries) -> Iterator[str]:
    """A line a service: its name and port, what it does, and whom it may call."""
    width = max(len(name) for name in boundaries.services)
    for name, service in boundaries.services.items():
        yield f"{name:{width}}  {service.port}  {service.does}"
        for callee in service.calls:
            yield f"{'':{width}}        → {callee}"


def as_mermaid(boundaries: Boundaries) -> Iterator[str]:
    """A `flowchart` that GitHub draws."""
    yield "flowchart LR"
    for name, service in boundaries.services.items():
        left, right = SHAPES.get(service.kind, ("[", "]"))
        yield f'  {_id(name)}{left}"{name}"{right}'
    for caller, callee in sorted(boundaries.edges()):
        yield f"  {_id(caller)} --> {_id(callee)}"


def as_data(boundaries: Boundaries) -> dict[str, object]:
    """For `--json`."""
    return {
        "services": {
            name: {"kind": service.kind, "port": service.port, "does": service.does, "calls": service.calls}
            for name, service in boundaries.services.items()
        },
        "calls": [list(edge) for edge in sorted(boundaries.edges())],
    }


def _id(name: str) -> str:
    return name.replace("-", "_")
