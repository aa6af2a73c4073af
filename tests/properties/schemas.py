"""A service's operations as schemathesis tries them: the same examples at each run, few enough for two cores."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from schemathesis import Case, openapi
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema

from shared.contracts.allowed_callers import PREFIX
from tests.properties import documents
from tests.properties.situations import ADMINISTRATORS_ALONE

Example = Case[Any]
Test = TypeVar("Test", bound=Callable[..., None])
_FRESH = {"extra-data-sources": {"responses": False}}  # or an example would depend on earlier answers
_GENERATION = {"deterministic": True, "database": "none", "no-shrink": True, "with-security-parameters": False}
_THOROUGH: dict[str, Any] = {
    "generation": {"max-examples": 10, **_GENERATION},
    "phases": {
        "coverage": {"unexpected-methods": ["PUT", "DELETE"], **_FRESH},
        "fuzzing": {"error-feedback": {"enabled": False}, **_FRESH},
    },
}
"""Each bound of each parameter and of the body, and random examples on top."""
_BRIEF: dict[str, Any] = {
    "generation": {"max-examples": 2, "mode": "positive", **_GENERATION},
    "phases": {"coverage": {"enabled": False}, "fuzzing": _THOROUGH["phases"]["fuzzing"]},
}
"""A few good requests."""


@cache
def thorough(service: str) -> BaseSchema:
    return _of(service, _THOROUGH)


@cache
def brief(service: str) -> BaseSchema:
    return _of(service, _BRIEF)


def examples_of(schema: BaseSchema) -> Callable[[Test], Test]:
    """Makes a function of `case` one test an operation of `schema`."""
    return schema.parametrize()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def only(schema: BaseSchema, predicate: Callable[[Any], bool]) -> BaseSchema:
    """The operations that are `wanted`."""
    return schema.include(lambda context: predicate(context.operation))  # pyright: ignore[reportUnknownMemberType]


def internal(operation: Any) -> bool:
    """Whether it is for services."""
    return operation.path.startswith(PREFIX)


def asks_for_login(operation: Any) -> bool:
    return not internal(operation) and "security" in operation.definition.raw


def asks_for_service(operation: Any) -> bool:
    return internal(operation) and "security" in operation.definition.raw


def takes_json_of_services(operation: Any) -> bool:
    return internal(operation) and "application/json" in operation.definition.raw.get("requestBody", {}).get(
        "content", {}
    )


def for_people(operation: Any) -> bool:
    """Whether a login is all that it may ask for."""
    return not internal(operation) and not for_administrators(operation)


def for_administrators(operation: Any) -> bool:
    """Whether a login alone does not do."""
    security = operation.definition.raw.get("security", ())
    return operation.label in ADMINISTRATORS_ALONE or any(any(each.values()) for each in security)


def _of(service: str, config: dict[str, Any]) -> BaseSchema:
    settings = SchemathesisConfig.from_dict({"seed": 1, **config})  # pyright: ignore[reportUnknownMemberType]
    return openapi.from_dict(documents.document_of(service), config=settings)
