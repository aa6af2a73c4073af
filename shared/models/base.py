"""The bases of every shared model, and the types they agree on."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar, cast

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SecretStr,
    Strict,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from shared.utils import texts
from shared.utils.passwords import opaque

NO_NUL = r"^[^\x00]*$"
"""PostgreSQL cannot store U+0000 in a text."""


def _opaque(password: SecretStr) -> SecretStr:
    return SecretStr(opaque(password.get_secret_value()))


def _encodable(password: SecretStr) -> SecretStr:
    try:
        password.get_secret_value().encode()
    except UnicodeEncodeError:
        raise ValueError("must be text that can be written as UTF-8") from None
    return password


_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})", re.IGNORECASE
)
_RFC3339_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")


def _address(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False, strict=True).normalized.lower()
    except EmailNotValidError:
        raise ValueError("must be an address such as ada@example.com") from None


def _moment(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, str) and _RFC3339.fullmatch(value)):
        return value
    raise ValueError("must be a moment such as 2026-11-23T08:00:00Z (RFC 3339)")


def _day(value: Any) -> Any:
    if isinstance(value, date) or (isinstance(value, str) and _RFC3339_DATE.fullmatch(value)):
        return value
    raise ValueError("must be a day such as 2026-11-23 (RFC 3339)")


def _digits(value: Any) -> Any:
    if isinstance(value, str) and not _WHOLE_NUMBER.fullmatch(value):
        raise ValueError("must be a whole number")
    return value


def _spelled(value: Any) -> Any:
    if isinstance(value, str) and value not in ("true", "false"):
        raise ValueError("must be true or false")
    return value


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError("must lie between the years 1 and 9999 in UTC") from None


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


Text = Annotated[str, StringConstraints(pattern=NO_NUL)]
Line = Annotated[str, StringConstraints(pattern=texts.ONE_VISIBLE_LINE)]
"""One line with at least one visible character, for names, titles and labels; put `Stripped` behind its length."""
Lines = Annotated[str, StringConstraints(pattern=texts.LINES)]
"""Several lines, or none."""
VisibleLines = Annotated[str, StringConstraints(pattern=texts.VISIBLE_LINES)]
WebAddress = Annotated[str, StringConstraints(pattern=texts.WEB_ADDRESS)]
"""The target of a link, `https://example.com/a`; put its length behind it."""
Stripped = AfterValidator(str.strip)
"""Strips white space from both ends of the accepted value."""
Name = Annotated[Line, Field(min_length=1, max_length=80), Stripped]
Email = Annotated[str, Field(max_length=254, json_schema_extra={"format": "email"}), AfterValidator(_address)]
"""An address alone (RFC 5321, section 4.5.3.1.3 for its length): no display name, no space, no address literal."""
QueryInt = Annotated[int, BeforeValidator(_digits)]
"""A whole number in a path or query: digits alone."""
QueryBool = Annotated[bool, BeforeValidator(_spelled)]
"""`true` or `false` in a query."""
Password = Annotated[SecretStr, AfterValidator(_encodable)]
"""A password as it was typed."""
NewPassword = Annotated[SecretStr, AfterValidator(_opaque)]
"""In the form of RFC 8265, so that a length behind it counts that."""
Day = Annotated[date, Strict(strict=False), BeforeValidator(_day)]
"""RFC 3339 `full-date` in JSON."""
Timestamp = Annotated[
    datetime,
    Strict(strict=False),
    BeforeValidator(_moment),
    AfterValidator(_utc),
    PlainSerializer(_rfc3339, return_type=str, when_used="json"),
]
"""A moment in UTC, RFC 3339 with `Z` in JSON. A `datetime` without a zone, as Cassandra's driver returns, is in UTC."""

Item = TypeVar("Item")
Batch = Annotated[list[Item], Field(max_length=500, fail_fast=True)]
"""The items of one call between services. Parsing ends at the first wrong item: a megabyte of them costs as much as one."""
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

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_min_length=0)

    @model_validator(mode="before")
    @classmethod
    def _bounded(cls, value: Any) -> Any:
        return _of_few_fields(value)


class Entity(BaseModel):
    """What a service answers: a newer service may add fields without breaking an older reader."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, str_min_length=0)


class Items(Entity, Generic[Item]):
    """A complete, bounded list."""

    items: list[Item]


class Page(Items[Item], Generic[Item]):
    """One page of a list; `next_cursor` is opaque and absent (null) on the last page."""

    next_cursor: str | None = None
