"""What is said at a refused field names the field and the bound that its model gives it, in words for people."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import shared.models
from shared.chassis.field_messages import in_words, message_for
from shared.models.base import Request
from shared.models.billing import BillingRunCreate, SubscriptionCreate
from shared.models.event_streams import ReplayRequest
from shared.models.profile import ProfileCreate
from shared.models.user import Registration

FOR_PROGRAMMERS = re.compile(r"[Ii]nput should|String should|Value error|valid dictionary|\^|\[")


def requests() -> list[type[Request]]:
    for module in pkgutil.iter_modules(shared.models.__path__):
        importlib.import_module(f"shared.models.{module.name}")
    found = [Request]
    for model in found:
        found.extend(each for each in model.__subclasses__() if each not in found)
    return sorted({model for model in found if model.__module__.startswith("shared.models")}, key=str)


def messages_at(field: str, error: ValidationError) -> list[str]:
    problems = [problem for problem in error.errors() if problem["loc"][:1] == (field,)]
    return [message_for({**problem, "loc": ("body", *problem["loc"])}) for problem in problems]


def refusals(model: type[BaseModel], field: str, value: Any) -> list[str]:
    """What is said when the request is nothing but `field`, at that field."""
    with pytest.raises(ValidationError) as refused:
        model.model_validate({field: value}, strict=True)
    return messages_at(field, refused.value)


def bounds(schema: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    """Values just out of bounds, each with the bound as people write it."""
    for each in [schema, *schema.get("anyOf", [])]:
        if "minimum" in each:
            yield each["minimum"] - 1, f"{each['minimum']:,}"
        if "maximum" in each:
            yield each["maximum"] + 1, f"{each['maximum']:,}"
        if each.get("minLength", 0) > 1:
            yield "a" * (each["minLength"] - 1), f"{each['minLength']:,}"
        if "maxLength" in each and each.get("format") not in ("date", "date-time"):
            yield "a" * (each["maxLength"] + 1), f"{each['maxLength']:,}"


PROPERTIES = [
    (model, field, schema)
    for model in requests()
    for field, schema in model.model_json_schema().get("properties", {}).items()
]


def test_there_are_bounds_to_try() -> None:
    assert sum(1 for _, _, schema in PROPERTIES for _ in bounds(schema)) > 50


@pytest.mark.parametrize(("model", "field", "schema"), PROPERTIES, ids=lambda value: str(value)[:40])
def test_each_bound_is_named_with_its_field(model: type[BaseModel], field: str, schema: dict[str, Any]) -> None:
    for value, bound in bounds(schema):
        messages = refusals(model, field, value)
        assert messages, value
        assert all(message.startswith(f"{in_words(field)} ") for message in messages), messages
        assert any(bound in message for message in messages), (bound, messages)


@pytest.mark.parametrize(("model", "field", "schema"), PROPERTIES, ids=lambda value: str(value)[:40])
def test_another_type_is_refused_in_words(model: type[BaseModel], field: str, schema: dict[str, Any]) -> None:
    for value in ({"no": {"such": 1}}, "\x00", -(10**30)):
        try:
            model.model_validate({field: value}, strict=True)
        except ValidationError as error:
            messages = messages_at(field, error)
            assert not [message for message in messages if FOR_PROGRAMMERS.search(message)], messages
            assert all(message.endswith(".") for message in messages), messages


@pytest.mark.parametrize(
    ("model", "field", "value", "messages"),
    [
        (SubscriptionCreate, "seats", 0, "Seats must be 1 or more."),
        (SubscriptionCreate, "seats", 1001, "Seats must be 1,000 or less."),
        (SubscriptionCreate, "seats", "x", "Seats must be a whole number."),
        (SubscriptionCreate, "plan", "x", "Plan must be 'free' or 'pro'."),
        (BillingRunCreate, "period", "2026-13", "Period must be a month such as 2026-11."),
        (ProfileCreate, "name", "", "Name is required."),
        (
            ProfileCreate,
            "name",
            "a\nb",
            "Name must be one line without invisible or control characters, and not blank.",
        ),
        (ProfileCreate, "display_name", "a" * 81, "Display name must have at most 80 characters."),
        (ProfileCreate, "time_zone", "Mars/Olympus", "Time zone must be a time zone such as Europe/Berlin."),
        (ProfileCreate, "color", "red", "Color is not a field that can be sent."),
        (Registration, "email", "ada", "Email must be an address such as ada@example.com."),
        (Registration, "password", "short", "Password must have at least 10 characters."),
        (
            ReplayRequest,
            "from_id",
            "x",
            "From id must be an entry’s id such as 1764093600000-0, or a time in milliseconds.",
        ),
    ],
)
def test_message(model: type[BaseModel], field: str, value: Any, messages: str) -> None:
    assert refusals(model, field, value) == [messages]


@pytest.mark.parametrize(
    ("field", "words"),
    [("seats", "Seats"), ("rules.0.expires_on", "Expires on"), ("", "This"), ("values.3", "Values")],
)
def test_a_field_is_named_in_words(field: str, words: str) -> None:
    assert in_words(field) == words


def test_a_required_field_says_so() -> None:
    with pytest.raises(ValidationError) as refused:
        ProfileCreate.model_validate({})
    assert [message_for(error) for error in refused.value.errors()] == ["Name is required."]
