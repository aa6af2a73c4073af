"""Values that no generator makes, at each place of a good body that a service sends: refused or taken, and documented."""

from collections.abc import Iterator
from typing import Any, cast

from tests.properties.calls import Calls
from tests.properties.schemas import Example, brief, examples_of, only, takes_json_of_services

# Lone surrogates are missing, since schemathesis cannot hold one; shared/tests/test_models.py has them.
ODD: list[Any] = ["a\x00b", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "20\uff126-01", 10**400]


def _changed(value: Any, odd: Any) -> Iterator[Any]:
    """`value` with `odd` instead of each of its leaves in turn."""
    if isinstance(value, dict):
        known = cast(dict[str, Any], value)
        yield from (known | {key: inner} for key in known for inner in _changed(known[key], odd))
    elif isinstance(value, list) and value:
        items = cast(list[Any], value)
        yield from ([inner, *items[1:]] for inner in _changed(items[0], odd))
    else:
        yield odd


def _try(case: Example, service: Calls) -> None:
    service.make(case)
    good: Any = case.body
    for odd in ODD:
        for body in _changed(good, odd):
            case.body = body
            service.send(case)


@examples_of(only(brief("back-api"), takes_json_of_services))
def test_back_api_bears_odd_values(case: Example, service: Calls) -> None:
    _try(case, service)


@examples_of(only(brief("back-postgres"), takes_json_of_services))
def test_back_postgres_bears_odd_values(case: Example, service: Calls) -> None:
    _try(case, service)


@examples_of(only(brief("back-cassandra"), takes_json_of_services))
def test_back_cassandra_bears_odd_values(case: Example, service: Calls) -> None:
    _try(case, service)
