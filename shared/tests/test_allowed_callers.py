"""Whom an internal endpoint admits follows from the contracts alone."""

from typing import Any

import pytest

from shared.contracts.allowed_callers import AllowedCallers, allowed_callers
from shared.contracts.manifest import Endpoint


def endpoint(method: str, path: str, *callers: str, auth: str = "internal") -> Endpoint:
    shape: dict[str, Any] = {"service": "back-x", "idempotent": True, "response": {200: None}}
    return Endpoint.model_validate({"method": method, "path": path, "auth": auth, "callers": callers, **shape})


KNOWN = AllowedCallers(
    [
        endpoint("GET", "/internal/things/{id}", "a"),
        endpoint("GET", "/internal/things/newest", "b"),
        endpoint("POST", "/internal/things/{id}/parts/{part}", "c"),
        endpoint("GET", "/internal/{kind}/all", "d"),
        endpoint("POST", "/internal/tokens", "a", auth="client"),
    ]
)


@pytest.mark.parametrize(
    ("method", "path", "callers"),
    [
        ("GET", "/internal/things/1", {"a"}),
        ("GET", "/internal/others/all", {"d"}),
        ("GET", "/health", None),
        ("GET", "/", None),
        ("GET", "", None),
        ("GET", "/internal/things/newest", {"b"}),
        ("POST", "/internal/things/1/parts/2", {"c"}),
        ("POST", "/internal/things/1", None),
        ("HEAD", "/internal/things/1", {"a"}),
        ("HEAD", "/internal/tokens", None),
        ("GET", "/internal/things", None),
        ("GET", "/internal/things/1/", None),
        ("GET", "/internal/Things/1", None),
        ("POST", "/internal/tokens", None),
    ],
)
def test_an_endpoint_admits_its_callers(method: str, path: str, callers: set[str] | None):
    assert KNOWN.callers(method, path) == callers


def test_an_endpoint_that_asks_for_a_secret_is_distinguished():
    assert KNOWN.by_secret == {("POST", "/internal/tokens")}
    assert allowed_callers("back-auth").by_secret == {("POST", "/internal/service-tokens")}


def test_services_without_internal_endpoints_admit_nobody():
    assert not allowed_callers("back-websockets")
    assert allowed_callers("back-postgres")
