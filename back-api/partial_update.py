"""Partial updates (RFC 7396, JSON Merge Patch): what is not sent stays, `null` clears a field that need not be there."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from shared.chassis.field_messages import in_words
from shared.models.problem import FieldProblem
from shared.utils.errors import Invalid


def clearable(model: type[BaseModel]) -> frozenset[str]:
    """The fields that `null` clears: those that a new entity, made from `model`, may have as null."""
    return frozenset(name for name, field in model.model_fields.items() if field.default is None)


def refuse_null(changes: Mapping[str, Any], but: frozenset[str] = frozenset()) -> None:
    """Refuses a change that clears a field, other than those of `but`.

    Raises:
        Invalid: names each such field.
    """
    if cleared := [name for name, value in changes.items() if value is None and name not in but]:
        raise Invalid(
            errors=[FieldProblem(field=name, message=f"{in_words(name)} must not be null.") for name in cleared]
        )
