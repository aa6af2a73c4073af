"""Keyset pages: newest first by id (UUIDv7), without OFFSET, so a deep page costs as much as the first."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from connection import Row
from shared.models.base import Page
from shared.utils import cursors

Item = TypeVar("Item")
LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff"
"""Sorts after every id. `$1 IS NULL OR id < $1` would keep a prepared statement from using the index."""


def before(cursor: str | None) -> str:
    """The id after which the page starts; `LAST` without a cursor.

    Raises:
        Invalid: not a cursor.
    """
    return cursors.decode(cursor, 1)[0] if cursor else LAST


def page_of(rows: Sequence[Row], limit: int, make: Callable[[Row], Item]) -> Page[Item]:
    """A page of up to `limit` of the `limit + 1` rows; the extra one only shows that there are more."""
    more = len(rows) > limit
    return Page(
        items=[make(row) for row in rows[:limit]], next_cursor=cursors.encode(rows[limit - 1]["id"]) if more else None
    )
