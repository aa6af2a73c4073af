"""Keyset pages: newest first by id (UUIDv7), no OFFSET, so that a deep page costs what the first one does."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from connection import Row
from shared.models.base import Page
from shared.utils import cursors

Item = TypeVar("Item")


def before(cursor: str | None) -> str | None:
    """The id after which the page goes on.

    Raises:
        Invalid: not a cursor.
    """
    return cursors.decode(cursor, 1)[0] if cursor else None


def page_of(rows: Sequence[Row], limit: int, make: Callable[[Row], Item]) -> Page[Item]:
    """A page out of up to `limit + 1` rows; the one too many only shows that there is more."""
    more = len(rows) > limit
    return Page(
        items=[make(row) for row in rows[:limit]], next_cursor=cursors.encode(rows[limit - 1]["id"]) if more else None
    )
