"""The bases of every shared model, and the types they agree on."""

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    EmailStr,
    Field,
    PlainSerializer,
    SecretStr,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

NO_NUL = r"^[^\x00]*$"
"""PostgreSQL cannot store U+0000 in a text."""


def _encodable(password: SecretStr) -> SecretStr:
    try:
        password.get_secret_value().encode()
    except UnicodeEncodeError:
        raise ValueError("must be text that can be written as UTF-8") from None
    return password


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError("must lie between the years 1 and 9999 in UTC") from None


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


Text = Annotated[str, StringConstraints(pattern=NO_NUL)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=NO_NUL)]
Email = Annotated[EmailStr, AfterValidator(str.lower)]
Password = Annotated[SecretStr, AfterValidator(_encodable)]
Timestamp = Annotated[datetime, AfterValidator(_utc), PlainSerializer(_rfc3339, return_type=str, when_used="json")]
"""A moment in UTC, RFC 3339 with `Z` in JSON."""

Item = TypeVar("Item")
Batch = Annotated[list[Item], Field(max_length=500, fail_fast=True)]
"""What one call between services carries. Reading ends at the first wrong item: a megabyte of them costs what one does."""
MOST_FIELDS = 100


def _of_few_fields(value: Any) -> Any:
    """Each wrong or unknown field would be an error of its own; so many of them are none that a person mistyped."""
    if isinstance(value, dict) and len(cast("dict[Any, Any]", value)) > MOST_FIELDS:
        raise PydanticCustomError("too_many_fields", "Send at most {most} fields.", {"most": MOST_FIELDS})
    return cast("Any", value)


FewFields = BeforeValidator(_of_few_fields)
"""For mappings with names of the sender's choice."""


# `str_min_length`, although 0, makes pydantic look into each text: a lone surrogate is refused, which nothing could store or send.


class Request(BaseModel):
    """What a caller sends: an unknown field is an error, so that a typing mistake is never silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=0)

    @model_validator(mode="before")
    @classmethod
    def _bounded(cls, value: Any) -> Any:
        return _of_few_fields(value)


class Entity(BaseModel):
    """What a service answers: a newer service may add fields without breaking an older reader."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_min_length=0)


class Items(Entity, Generic[Item]):
    """A complete, bounded list."""

    items: list[Item]


class Page(Items[Item], Generic[Item]):
    """One page of a list; `next_cursor` is opaque and absent (null) on the last page."""

    next_cursor: str | None = None
