"""What was made up for a new development stack is removed, and nothing else; in production nothing is."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from tests.samples import audit_entry, id_at, login_event, notification

from shared.models.demo_data import MADE_UP

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
NOW = datetime.now(UTC)
SINCE = NOW - timedelta(days=100)
PATH = "/internal/demo-data/removals"


@pytest_asyncio.fixture(loop_scope="session")
async def development(app: FastAPI, client: httpx.AsyncClient) -> AsyncGenerator[httpx.AsyncClient]:
    resources = app.state.resources
    app.state.resources = replace(
        resources, settings=resources.settings.model_copy(update={"environment": "development"})
    )
    yield client
    app.state.resources = resources


def made_up(at: datetime) -> str:
    return f"{id_at(at)[: -len(MADE_UP)]}{MADE_UP}"


async def store(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> None:
    answer = await client.post(f"/internal/{path}", json=body)
    assert answer.status_code == 204, answer.text


async def ids(client: httpx.AsyncClient, path: str, **params: str) -> list[str]:
    answer = await client.get(f"/internal/{path}", params=params)
    return [item["id"] for item in answer.json()["items"]]


async def active(client: httpx.AsyncClient) -> list[int]:
    answer = await client.get("/internal/figures/activity", params={"since": f"{SINCE:%Y-%m-%d}"})
    return [day["count"] for day in answer.json()["active_people"]]


def trace(correlation_id: str, trace_id: str) -> dict[str, Any]:
    at = NOW.isoformat()
    ids = {"correlation_id": correlation_id, "trace_id": trace_id}
    same = {"name": "GET /", "started_at": at, "duration_ms": 1, "failed": False, "service": "back-api", **ids}
    return {"spans": [same | {"id": trace_id[:16], "kind": "server"}], "traces": [same | {"spans": 1}]}


async def test_logins_and_notifications_are_removed_by_their_mark(development: httpx.AsyncClient, user_id: str) -> None:
    days = [NOW - timedelta(days=ago) for ago in (1, 40, 95)]
    made = [login_event(user_id, at, id=made_up(at)) for at in days]
    own = login_event(user_id, days[1])
    await store(development, "login-events", {"items": [*made, own]})
    fake = [notification(user_id, at=at, id=made_up(at)) for at in days[:2]]
    real = notification(user_id, at=days[1])
    await store(development, "notifications", {"items": [*fake, real]})
    for _ in range(2):
        await store(development, "demo-data/removals", {"users": [user_id], "since": SINCE.isoformat()})
        assert await ids(development, f"login-events/{user_id}") == [own["id"]]
        assert await ids(development, f"notifications/{user_id}") == [real["id"]]


async def test_of_made_up_people_nothing_is_left(development: httpx.AsyncClient) -> None:
    person = made_up(NOW)
    at = NOW - timedelta(days=2)
    before = await active(development)
    await store(development, "login-events", {"items": [login_event(person, at, id=made_up(at))]})
    await store(development, "notifications", {"items": [notification(person)]})
    assert sum(await active(development)) == sum(before) + 1
    await store(development, "demo-data/removals", {"users": [person], "since": SINCE.isoformat()})
    assert await ids(development, f"login-events/{person}") == []
    assert await ids(development, f"notifications/{person}") == []
    assert await active(development) == before


async def test_entries_of_the_audit_log_and_traces_are_removed_by_their_mark(development: httpx.AsyncClient) -> None:
    at = NOW - timedelta(days=20)
    own = audit_entry(at)
    made = audit_entry(at, id=made_up(at))
    await store(development, "audit", {"items": [own, made]})
    real = trace(id_at(NOW), f"{7:032x}")
    fake = trace(made_up(NOW), f"{7:024x}{MADE_UP}")
    for each in (real, fake):
        await store(development, "spans", each)
    await store(development, "demo-data/removals", {"users": [], "since": SINCE.isoformat()})
    around = {"since": (at - timedelta(seconds=1)).isoformat(), "until": (at + timedelta(seconds=1)).isoformat()}
    left = await ids(development, "audit", **around)
    assert (own["id"] in left, made["id"] in left) == (True, False)
    found = (await development.get("/internal/traces")).json()["items"]
    listed = {each["correlation_id"] for each in found}
    known = [one["traces"][0]["correlation_id"] for one in (real, fake)]
    assert [each in listed for each in known] == [True, False]
    answers = [(await development.get(f"/internal/traces/{each}")).status_code for each in known]
    assert answers == [200, 404]


async def test_in_production_there_is_nothing_here(client: httpx.AsyncClient, app: FastAPI, user_id: str) -> None:
    resources = app.state.resources
    production = resources.settings.model_copy(update={"environment": "production"})
    app.state.resources = replace(resources, settings=production)
    answer = await client.post(PATH, json={"users": [user_id], "since": SINCE.isoformat()})
    app.state.resources = resources
    assert answer.status_code == 404
