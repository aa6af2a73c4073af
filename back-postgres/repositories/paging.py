"""Keyset pages: newest first by id (UUIDv7) or in another order, without OFFSET: a deep page costs as much as the first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

from connection import Row
from shared.models.base import Page
from shared.utils import cursors
from shared.utils.errors import Invalid

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


@dataclass(frozen=True)
class Key:
    """A sort key: an expression that an index has, and its type."""

    expression: str
    type: str


@dataclass(frozen=True)
class Order:
    """The order of a list that can be sorted in several ways. The last key must be unique."""

    name: str
    """As the caller names it: `email`, or `-email` for the reverse."""
    keys: Sequence[Key]

    @classmethod
    def named(cls, name: str, orders: Mapping[str, Sequence[Key]]) -> Self:
        return cls(name, orders[name.removeprefix("-")])

    @property
    def _direction(self) -> str:
        return "DESC" if self.name.startswith("-") else "ASC"

    @property
    def by(self) -> str:
        return "ORDER BY " + ", ".join(f"{key.expression} {self._direction}" for key in self.keys)

    @property
    def place(self) -> str:
        """A row's place in the list, of which `page_after` makes the cursor."""
        return f"ARRAY[{', '.join(f'({key.expression})::text' for key in self.keys)}]"

    @property
    def by_place(self) -> str:
        return f"ORDER BY place {self._direction}"

    def after(self, cursor: str | None, values: list[object]) -> str:
        """The condition that a page starts after `cursor`; appends its parameters to `values`.

        Raises:
            Invalid: not a cursor of this order.
        """
        if not cursor:
            return "true"
        order, *place = cursors.decode(cursor, len(self.keys) + 1)
        if order != self.name:
            raise Invalid.field("cursor", "is not a cursor of a list in this order")
        first = len(values) + 1
        values += place
        given = ", ".join(f"${at}::{key.type}" for at, key in enumerate(self.keys, first))
        compared = ">" if self._direction == "ASC" else "<"
        return f"({', '.join(key.expression for key in self.keys)}) {compared} ({given})"

    def page_after(self, rows: Sequence[Row], limit: int, make: Callable[[Row], Item]) -> Page[Item]:
        """Like `page_of`, of rows with their `place`."""
        next_cursor = cursors.encode(self.name, *rows[limit - 1]["place"]) if len(rows) > limit else None
        return Page(items=[make(row) for row in rows[:limit]], next_cursor=next_cursor)
