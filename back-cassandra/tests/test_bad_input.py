"""Whatever is sent, the answer is a 4xx problem, never a 500."""

import json
from typing import Any

import httpx
import pytest
from settings import MigrationSettings
from tests.samples import audit_entry, notification

from tests.service_callers import Signing

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
USER = "0193a000-0000-7000-8000-000000000003"
V4 = "7c1e0b0e-6f0a-4f6e-9c43-0f3f5d0f9a11"
JSON = {"content-type": "application/json"}
TIME = "since=2026-11-01T00:00:00Z&until=2026-11-02T00:00:00Z"
FAR = "ffffffff-ffff-7fff-bfff-ffffffffffff"


async def test_only_declared_callers_are_admitted(client: httpx.AsyncClient, settings: MigrationSettings) -> None:
    signing = Signing.from_secrets(settings.secrets_dir.parent)
    path = f"/internal/notifications/{USER}"
    for headers, status in [
        ({"X-Service-Token": ""}, 401),
        (signing.headers("back-api", "back-postgres"), 401),
        (signing.headers("back-workers", "back-cassandra"), 403),
        (signing.headers("back-websockets", "back-cassandra"), 200),
        (signing.headers("back-api", "back-cassandra"), 200),
    ]:
        assert (await client.get(path, headers=headers)).status_code == status


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/internal/notifications/nobody", 422),
        (f"/internal/notifications/{USER}?limit=0", 422),
        (f"/internal/notifications/{USER}?limit=501", 422),
        (f"/internal/notifications/{USER}?cursor=nonsense", 422),
        (f"/internal/notifications/{USER}?cursor={V4}", 422),
        (f"/internal/notifications/{USER}?cursor={FAR}", 422),
        (f"/internal/notifications/{USER}?unread=true&cursor=%00", 422),
        (f"/internal/notifications/{USER}?after=nonsense", 422),
        (f"/internal/notifications/{USER}?after={FAR}", 422),
        (f"/internal/login-events/{USER}?cursor=nonsense", 422),
        (f"/internal/login-events/{USER}?cursor=WyJ4IiwieSJd", 422),
        ("/internal/audit?since=2026-11-01T00:00:00Z", 422),
        (f"/internal/audit?{TIME}&cursor=nonsense", 422),
        (f"/internal/audit?{TIME}&cursor={FAR}", 422),
        (f"/internal/audit?{TIME}&action=User%", 422),
        (f"/internal/audit?{TIME}&subject=%00", 422),
        ("/internal/audit?since=2026-01-01T00:00:00Z&until=2026-11-01T00:00:00Z", 422),
        ("/internal/audit?since=0001-01-01T00:00:00Z&until=9999-12-31T00:00:00Z", 422),
        ("/internal/nothing", 404),
    ],
)
async def test_a_wrong_address_is_a_problem(client: httpx.AsyncClient, path: str, status: int) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["correlation_id"] == answer.headers["x-correlation-id"]


@pytest.mark.parametrize("query", ["after=00000000-0000-7000-8000-000000000000", f"after={USER}"])
async def test_the_oldest_id_of_all_is_one_to_resume_after(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"/internal/notifications/{USER}?{query}")).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 422),
        (b'{"items": "x"}', 422),
        (b'{"items": [], "more": 1}', 422),
        (b'{"items": [{"id": "x"}]}', 422),
    ],
)
@pytest.mark.parametrize("path", ["/internal/notifications", "/internal/login-events", "/internal/audit"])
async def test_a_wrong_body_is_a_problem(client: httpx.AsyncClient, path: str, body: bytes, status: int) -> None:
    answer = await client.post(path, content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize(
    "changes",
    [
        {"id": V4},
        {"id": "x"},
        {"user_id": "x"},
        {"title": "x" * 201},
        {"id": FAR},
        {"title": "\ud800"},
        {"created_at": "0001-01-01T00:00:00+23:59"},
    ],
)
async def test_a_wrong_notification_is_a_problem(client: httpx.AsyncClient, changes: dict[str, str]) -> None:
    item = notification(USER) | changes
    answer = await client.post("/internal/notifications", content=json.dumps({"items": [item]}), headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == f"items.0.{next(iter(changes))}"


async def test_a_wrong_login_event_is_a_problem(client: httpx.AsyncClient) -> None:
    item = {"id": "x", "user_id": USER, "outcome": "succeeded", "occurred_at": "2026-11-23T10:00:00Z"}
    answer = await client.post("/internal/login-events", json={"items": [item]})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "changes", [{"id": V4}, {"id": FAR}, {"action": "x" * 101}, {"details": {"a": "x" * 201}}, {"subject_id": "a\x00"}]
)
async def test_a_wrong_audit_entry_is_a_problem(client: httpx.AsyncClient, changes: dict[str, Any]) -> None:
    answer = await client.post("/internal/audit", json={"items": [audit_entry(**changes)]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith(f"items.0.{next(iter(changes))}")
