"""Where events end that went no further, and what can be done about them there; the adapters are in infrastructure.py.

`by` is who does it: an event tells of it.
"""

from typing import Protocol

from shared.models.base import Page
from shared.models.event_streams import DeadLetter


class DeadLetters(Protocol):
    """One kind of dead letters."""

    async def page(self, *, limit: int, cursor: str | None) -> Page[DeadLetter]:
        """Newest first. Raises Invalid when `cursor` is not one of this list."""
        ...

    async def replay(self, letter_id: str, *, by: str) -> None:
        """Raises NotFound."""
        ...

    async def discard(self, letter_id: str, *, by: str) -> None:
        """Raises NotFound."""
        ...
