"""Whoever does not prove who they are is refused with 401 at each operation that asks, however good the request is."""

from collections.abc import Iterable

from shared.security.constants import SERVICE_TOKEN_EXPIRATION, SERVICE_TOKEN_HEADER
from tests.properties.calls import send, service_of
from tests.properties.schemas import Example, asks_for_login, asks_for_service, brief, examples_of, only
from tests.service_callers import Signing


def _refuses(case: Example, header: str, values: Iterable[str]) -> None:
    for value in values:
        assert send(case, {header: value}) == 401, f"{header}: {value}"


@examples_of(only(brief("back-api"), asks_for_login))
def test_back_api_refuses_strangers(case: Example, expired: str) -> None:
    _refuses(case, "Authorization", ["", "Bearer", "Bearer no.such.token", f"Bearer {expired}"])


@examples_of(only(brief("back-auth"), asks_for_login))
def test_back_auth_refuses_strangers(case: Example, expired: str) -> None:
    _refuses(case, "Authorization", ["", "Bearer", "Bearer no.such.token", f"Bearer {expired}"])


def _refuses_services(case: Example, signing: Signing) -> None:
    old = signing.token("back-api", service_of(case), age=SERVICE_TOKEN_EXPIRATION + 60)
    _refuses(case, SERVICE_TOKEN_HEADER, ["", "no.such.token", old, signing.token("back-api", "another")])


@examples_of(only(brief("back-postgres"), asks_for_service))
def test_back_postgres_refuses_strangers(case: Example, signing: Signing) -> None:
    _refuses_services(case, signing)


@examples_of(only(brief("back-cassandra"), asks_for_service))
def test_back_cassandra_refuses_strangers(case: Example, signing: Signing) -> None:
    _refuses_services(case, signing)


@examples_of(only(brief("back-auth"), asks_for_service))
def test_back_auth_refuses_strange_services(case: Example, signing: Signing) -> None:
    _refuses_services(case, signing)
