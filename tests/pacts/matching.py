"""What a consumer expects of an answer that it reads as a shared model: each field by type or form, never by its example."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, get_args, get_origin

from pact import match
from pydantic import BaseModel

MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"
DAY = r"^\d{4}-\d\d-\d\d$"
PROBLEM = r"^urn:tools-dashboard:problem:[a-z-]+$"


def like(example: BaseModel) -> dict[str, Any]:
    """The fields of `example` that are not null; a null cannot be expected by type, and the model reads its absence alike."""
    fields = type(example).model_fields
    plain = example.model_dump(mode="json", exclude_none=True)
    names = {field.alias: name for name, field in fields.items() if field.alias} | {name: name for name in fields}
    return {
        key: _like(getattr(example, names[key]), fields[names[key]].annotation, value) for key, value in plain.items()
    }


def problem(status: int, **members: Any) -> dict[str, Any]:
    """RFC 9457, as far as `ServiceClient` reads it."""
    known = {"type": match.regex("urn:tools-dashboard:problem:example", regex=PROBLEM), "title": match.like("No")}
    return {**known, "status": status, "detail": match.like("Why not"), **members}


def _like(value: Any, annotation: Any, plain: Any) -> Any:
    if isinstance(value, BaseModel):
        return like(value)
    if items := _items(value):
        return match.each_like(_like(items[0], Any, plain[0]))
    if isinstance(value, Mapping):
        return match.like(plain)
    if choices := _choices(annotation):
        return match.regex(plain, regex=f"^({'|'.join(map(re.escape, choices))})$")
    return _scalar(value, plain)


def _items(value: Any) -> list[Any]:
    return list(value) if type(value) is list else []  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _scalar(value: Any, plain: Any) -> Any:
    if isinstance(value, date):  # a datetime is one, too
        return match.regex(plain, regex=MOMENT if isinstance(value, datetime) else DAY)
    if isinstance(value, int) and not isinstance(value, bool):
        return match.integer(plain)
    return match.number(value) if isinstance(value, float) else match.like(plain)


def _choices(annotation: Any) -> tuple[str, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()
