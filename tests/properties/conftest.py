"""Who calls: a person and an administrator with their access tokens, a service with its service token."""

import time
from collections.abc import Callable, Generator
from functools import cache, partial
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, settings

from shared.security.constants import JWT_EXPIRATION
from shared.security.jwt import generate_jwt
from shared.utils.ids import new_id
from tests.integration.conftest import Person, admin, api, mail, public_url, register, secrets_root, verify_email
from tests.properties.calls import GUARDED, Calls, service_of
from tests.properties.schemas import Example
from tests.properties.situations import Visitor, fitting
from tests.service_callers import DeclaredCaller, Signing

__all__ = ["admin", "api", "mail", "public_url", "secrets_root"]
# A caller is one operation's, all examples long; and a busy machine is no failure.
settings.register_profile(
    "properties", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
settings.load_profile("properties")


@pytest.fixture(scope="session")
def signing(secrets_root: Path) -> Signing:
    """The stack's own keys."""
    return Signing.from_secrets(secrets_root)


@pytest.fixture(scope="session")
def admitted(signing: Signing) -> Callable[[str], DeclaredCaller]:
    """Whom the endpoints of a service admit."""

    @cache
    def caller(callee: str) -> DeclaredCaller:
        return DeclaredCaller(callee, signing)

    return caller


@pytest.fixture
def visitor(api: httpx.Client, mail: httpx.Client, admin: Person) -> Visitor:
    """A new one for each operation."""
    return _visitor(api, mail, admin)


@pytest.fixture(scope="session")
def known_visitor(api: httpx.Client, mail: httpx.Client, admin: Person) -> Visitor:
    """One for all operations of services, which end no login."""
    return _visitor(api, mail, admin)


def _visitor(api: httpx.Client, mail: httpx.Client, admin: Person) -> Visitor:
    person = register(api)
    verify_email(api, mail, person.email)
    return Visitor(api, person, admin)


@pytest.fixture
def user(visitor: Visitor) -> Generator[Calls]:
    """Of somebody new."""
    calls = Calls(lambda _: visitor.person.headers, partial(fitting, visitor), GUARDED)
    yield calls
    calls.end()


@pytest.fixture
def administrator(visitor: Visitor) -> Generator[Calls]:
    """Of the demo administrator."""
    calls = Calls(lambda _: visitor.admin.headers, partial(fitting, visitor), GUARDED)
    yield calls
    calls.end()


@pytest.fixture
def service(known_visitor: Visitor, admitted: Callable[[str], DeclaredCaller]) -> Generator[Calls]:
    """Of a service that the contract admits."""

    def headers(case: Example) -> dict[str, str]:
        return admitted(service_of(case)).headers(case.method, case.formatted_path)

    calls = Calls(headers, partial(fitting, known_visitor))
    yield calls
    calls.end()


@pytest.fixture(scope="session")
def expired(signing: Signing) -> str:
    """An access token that was good until a minute ago."""
    then = int(time.time()) - JWT_EXPIRATION - 60
    return generate_jwt(
        new_id(), "user", session_id=new_id(), permissions=[], key=signing.key, key_id=signing.key_id, now=then
    )
