"""Every endpoint that takes a body, given every kind of bad one: a 4xx problem with the correlation id, never a 500."""

import json
from typing import Any

import httpx
import pytest

from tests.contract_bodies import Body, bodies, filled
from tests.integration.conftest import Person

BODIES = [body for body in bodies("back-api", "back-auth") if not body.endpoint.for_services]


def _bad(good: dict[str, Any], field: str) -> dict[str, bytes]:
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


KINDS = list(_bad({}, "x"))


def _send(api: httpx.Client, admin: Person, body: Body, content: bytes, content_type: str) -> httpx.Response:
    path = filled(body.endpoint.path, str)
    headers = admin.headers | {"Content-Type": content_type, "Idempotency-Key": "bad-input"}
    return api.request(body.endpoint.method, path, content=content, headers=headers)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.endpoint.key)
@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_body_is_a_problem(api: httpx.Client, admin: Person, body: Body, kind: str) -> None:
    for field in body.fields:
        content = _bad(body.good, field)[kind]
        if not _is_good(body, content):
            answer = _send(api, admin, body, content, "application/json")
            assert answer.status_code >= 300, f"{body.endpoint.key} took {kind} for {field}: {answer.text[:200]}"
            assert_problem(answer)


def _is_good(body: Body, content: bytes) -> bool:
    """Whether the model takes it all the same: a number for a number."""
    try:
        return body.takes(json.loads(content))
    except (ValueError, RecursionError):  # no JSON, or none that Python reads
        return False


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.endpoint.key)
def test_another_content_type_is_a_problem(api: httpx.Client, admin: Person, body: Body) -> None:
    answer = _send(api, admin, body, json.dumps(body.good).encode(), "text/plain")
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
