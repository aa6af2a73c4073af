"""The places where undelivered events end, and what can be done about them. The adapters are in infrastructure.py.

`by` is the administrator who acts; an event records it.
"""

from typing import Protocol

from shared.models.base import Page
from shared.models.event_streams import DeadLetter


class DeadLetters(Protocol):
    """The dead letters of one kind."""

    async def page(self, *, limit: int, cursor: str | None) -> Page[DeadLetter]:
        """Newest first. Raises Invalid when `cursor` is not one of this list."""
        ...

    async def read(self, letter_id: str) -> DeadLetter:
        """Raises NotFound."""
        ...

    async def replay(self, letter_id: str, *, by: str) -> None:
        """Raises NotFound."""
        ...

    async def discard(self, letter_id: str, *, by: str) -> None:
        """Raises NotFound."""
        ...
