"""The columns of an entity's fields in statements: a new field of its model needs no line in a repository."""

from collections.abc import Iterable

from pydantic import BaseModel

from connection import Row


def names_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of `model`, which are columns of the same name."""
    return tuple(model.model_fields)


def listed(fields: Iterable[str]) -> str:
    """`title, url`."""
    return ", ".join(fields)


def changed(fields: Iterable[str]) -> str:
    """`c.title, c.url`: those of `c`, what a change makes of the row.

    For `SET (...) = (SELECT ... FROM jsonb_populate_record(table, $n) c)`, which keeps what the JSON document `$n` does
    not name and clears what it names as null.
    """
    return ", ".join(f"c.{field}" for field in fields)


def placeholders(fields: Iterable[str], *, after: int) -> str:
    """`$2, $3`, where `after` parameters come before those of the fields."""
    return ", ".join(f"${number}" for number, _ in enumerate(fields, start=after + 1))


def inserted(row: Row | None) -> Row:
    """`row`, which an INSERT ... RETURNING without a condition always gives."""
    assert row is not None, "an INSERT without ON CONFLICT returns its row"
    return row
