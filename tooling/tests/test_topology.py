"""The README's picture shows every service and every declared call, and is up to date."""

import re

from shared.contracts import boundaries
from shared.contracts.boundaries import Boundaries, Service
from tooling.boundaries.graph import as_mermaid, as_text
from tooling.paths import ROOT

PICTURE = re.compile(r"```mermaid\n(flowchart .*?)\n```", re.DOTALL)


def _with_new_service() -> Boundaries:
    """The declaration with a service that nobody has heard of."""
    declared = boundaries.load()
    new = Service(kind="back", port=8200, does="<searches> & finds", calls=["back-postgres"])
    return declared.model_copy(update={"services": declared.services | {"back-search": new}})


def test_the_picture_is_up_to_date():
    (picture,) = PICTURE.findall((ROOT / "README.md").read_text(encoding="utf-8"))

    assert picture == "\n".join(as_mermaid(boundaries.load())), "python -m tooling boundaries graph --mermaid"


def test_every_service_and_every_call_is_drawn():
    declared = boundaries.load()
    picture = list(as_mermaid(declared))

    assert {name for line in picture for name in re.findall(r'"([^"]+)"', line)} == set(declared.services)
    assert len([line for line in picture if "-->" in line]) == len(declared.edges())


def test_a_new_service_is_drawn():
    assert "  back_search --> back_postgres" in list(as_mermaid(_with_new_service()))


def test_who_cannot_see_it_can_read_it():
    lines = list(as_text(boundaries.load()))

    front = next(i for i, line in enumerate(lines) if line.startswith("front-public "))
    assert [line.split()[-1] for line in lines[front + 1 : front + 3]] == ["back-api", "back-auth"]
