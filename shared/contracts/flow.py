"""Lines of a contract's `data_flow`: `a → b` is a call, `b ⇢ c` something that c does later, by an event, a task or a message."""

import re
from typing import NamedTuple

CALL = "→"
LATER = "⇢"
_ARROWS = re.compile(f"\\s*([{CALL}{LATER}])\\s*")
Steps = tuple[str, ...]
"""Names with an arrow between each two of them."""


class Hop(NamedTuple):
    source: str
    arrow: str
    target: str

    def __str__(self) -> str:
        return " ".join(self)


def steps(line: str) -> Steps:
    """`line`, taken apart."""
    return tuple(_ARROWS.split(line.strip()))


def services(line: str) -> Steps:
    """The names on `line`, in their order."""
    return steps(line)[::2]


def hops(line: str) -> list[Hop]:
    """Each arrow of `line` with the names on its sides."""
    parts = steps(line)
    return [Hop(*parts[i : i + 3]) for i in range(0, len(parts) - 2, 2)]
