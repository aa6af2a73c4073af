"""Figures: people once a day, over the months; requests of the last 24 hours, by hour and route."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.samples import login_event
from tests.test_traces import stored, summary
from uuid6 import uuid7

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]


async def figures(client: httpx.AsyncClient, since: date) -> dict[str, Any]:
    answer = await client.get("/internal/figures/activity", params={"since": since.isoformat()})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def people(client: httpx.AsyncClient, since: date) -> dict[str, int]:
    return {each["day"]: each["count"] for each in (await figures(client, since))["active_people"]}


async def test_a_person_counts_once_a_day_and_only_who_got_in(client: httpx.AsyncClient) -> None:
    at = datetime(2026, 11, 23, 12, tzinfo=UTC) - timedelta(days=200)  # a day of no other test
    ann, bob, eve = (str(uuid7()) for _ in range(3))
    events = [
        login_event(ann, at),
        login_event(ann, at + timedelta(hours=3)),
        login_event(bob, at),
        login_event(bob, at + timedelta(days=31)),
        login_event(eve, at, outcome="failed", session_id=None),
    ]
    for _ in range(2):
        assert (await client.post("/internal/login-events", json={"items": events})).status_code == 204
    first = at.date()
    later = (at + timedelta(days=31)).date()
    found = await people(client, first)
    assert (found[first.isoformat()], found[later.isoformat()]) == (2, 1)
    assert list(found) == sorted(found)
    assert first.isoformat() not in await people(client, first + timedelta(days=1))


async def test_requests_are_counted_by_hour_and_route(client: httpx.AsyncClient) -> None:
    now = datetime.now(UTC)
    route = f"GET /{uuid4()}"
    before = (await figures(client, now.date()))["requests"]
    durations = [*range(1, 20), 1000]
    traces = [summary(now - timedelta(hours=2), name=route, duration_ms=float(ms)) for ms in durations]
    await stored(client, [], [*traces[:-1], traces[-1] | {"failed": True}])
    after = (await figures(client, now.date()))["requests"]
    assert (after["requests"] - before["requests"], after["failed"] - before["failed"]) == (20, 1)
    (own,) = [each for each in after["routes"] if each["name"] == route]
    assert (own["service"], own["requests"], own["failed"], own["p95_ms"]) == ("front-public", 20, 1, 19.0)
    assert len(after["hours"]) == 24
    (hour,) = [each for each in after["hours"] if each["at"][:13] == (now - timedelta(hours=2)).isoformat()[:13]]
    assert (hour["requests"] >= 20, hour["capped"]) == (True, False)


@pytest.mark.parametrize("since", ["", "yesterday", "2026-02-30"])
async def test_a_day_that_is_none_is_refused(client: httpx.AsyncClient, since: str) -> None:
    assert (await client.get("/internal/figures/activity", params={"since": since})).status_code == 422
