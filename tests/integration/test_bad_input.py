"""Every endpoint that takes a body, given every kind of bad one: a 4xx problem with the correlation id, never a 500."""

import json
from typing import Any

import httpx
import pytest

from tests.integration.conftest import PASSWORD, Person

GOOD: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/api/user-registration"): {"email": "bad-input@example.com", "password": PASSWORD},
    ("POST", "/api/auth/login"): {"email": "bad-input@example.com", "password": PASSWORD},
    ("POST", "/api/auth/refresh"): {"refresh_token": "x"},
    ("POST", "/api/auth/logout"): {"refresh_token": "x"},
    ("POST", "/api/profile"): {"name": "Ada"},
    ("PATCH", "/api/profile"): {"name": "Ada"},
    ("POST", "/api/subscription"): {"plan": "pro"},
    ("PATCH", "/api/subscription"): {"seats": 2},
    ("POST", "/api/billing/runs"): {"period": "2026-01", "dry_run": True},
}
ENDPOINTS = [pytest.param(*key, id=" ".join(key)) for key in GOOD]


def _bodies(good: dict[str, Any]) -> dict[str, bytes]:
    field = next(iter(good))
    return {
        "malformed JSON": b'{"' + field.encode() + b'": ',
        "no JSON at all": b"\xff\xfe\x00",
        "a list": b"[]",
        "a text": b'"text"',
        "null": b"null",
        "nothing": b"",
        "unknown field": json.dumps(good | {"is_admin": True}).encode(),
        "wrong type": json.dumps(good | {field: {"$ne": None}}).encode(),
        "a number": json.dumps(good | {field: 7}).encode(),
        "over-long": json.dumps(good | {field: "x" * 100_000}).encode(),
        "NUL byte": json.dumps(good | {field: "a\x00b@example.com"}).encode(),
        "lone surrogate": b'{"' + field.encode() + b'": "\\ud800"}',
        "deeply nested": b'{"' + field.encode() + b'": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    }


KINDS = list(_bodies({"x": 1}))


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_body_is_a_problem(api: httpx.Client, admin: Person, method: str, path: str, kind: str) -> None:
    body = _bodies(GOOD[method, path])[kind]
    answer = api.request(method, path, content=body, headers=admin.headers | {"Content-Type": "application/json"})
    if answer.status_code < 300:
        pytest.fail(f"{method} {path} took {kind}: {answer.text[:200]}")
    assert_problem(answer)


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_another_content_type_is_a_problem(api: httpx.Client, admin: Person, method: str, path: str) -> None:
    body = json.dumps(GOOD[method, path]).encode()
    answer = api.request(method, path, content=body, headers=admin.headers | {"Content-Type": "text/plain"})
    assert answer.status_code in (415, 422)
    assert_problem(answer)


@pytest.mark.parametrize(
    "path",
    [
        "/api/notifications?limit=0",
        "/api/notifications?limit=1000000",
        "/api/notifications?limit=x",
        "/api/notifications?cursor=garbage",
        "/api/invoices?cursor=%00",
        "/api/invoices?limit=-1",
        "/api/invoices/not-an-id",
        "/api/tasks/%00",
        "/api/tasks/00000000-0000-0000-0000-000000000000",
        "/api/users?cursor=e30",
        "/api/users?q=%00",
        "/api/billing/runs/' OR 1=1",
        "/api/avatars/..%5c..%5cpasswd",
    ],
)
def test_a_bad_address_is_a_problem(api: httpx.Client, admin: Person, path: str) -> None:
    assert_problem(api.get(path, headers=admin.headers))


def test_a_body_over_the_limit_is_413(api: httpx.Client, person: Person) -> None:
    answer = api.post("/api/profile", content=b"x" * (9 * 1024 * 1024), headers=person.headers)
    assert answer.status_code == 413
    assert_problem(answer)


def assert_problem(answer: httpx.Response) -> None:
    """`answer` is an RFC 9457 problem of a 4xx that carries its correlation id."""
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:300])
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["correlation_id"] == answer.headers["X-Correlation-ID"]
    assert problem["type"].startswith("urn:tools-dashboard:problem:")
    assert "Traceback" not in answer.text
