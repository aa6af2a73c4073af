"""One difference between two states, and how much it matters."""

from dataclasses import dataclass
from typing import Literal

from shared.contracts.semver import Step

Direction = Literal["request", "response"]
SHARED = "shared"


@dataclass(frozen=True)
class Change:
    """`feature` is a contract's name, or `shared`; `service` whose interface it is; `place` where in it; `model`: it is
    a change of a shared model as well; `affected` are the services that have to know, `used_by` those whose pact reads it."""

    feature: str
    service: str
    place: str
    text: str
    step: Step
    model: bool = False
    affected: tuple[str, ...] = ()
    used_by: tuple[str, ...] = ()


def narrowed(direction: Direction) -> Step:
    """Less is possible than before: callers sent it, readers lose nothing."""
    return "major" if direction == "request" else "minor"


def widened(direction: Direction) -> Step:
    """More is possible than before: callers lose nothing, readers meet what they do not know."""
    return "minor" if direction == "request" else "major"
