"""The sign-in history: each attempt once, newest first, over the months."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from tests.samples import login_event

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
PATH = "/internal/login-events"


async def test_an_attempt_is_stored_once(client: httpx.AsyncClient, user_id: str) -> None:
    event = login_event(user_id, datetime.now(UTC), outcome="failed", session_id=None)
    for _ in range(2):
        assert (await client.post(PATH, json={"items": [event, event]})).status_code == 204
    (got,) = (await client.get(f"{PATH}/{user_id}")).json()["items"]
    assert datetime.fromisoformat(got.pop("occurred_at")) == datetime.fromisoformat(event.pop("occurred_at"))
    assert got == event


async def test_pages_reach_back_over_a_year(client: httpx.AsyncClient, user_id: str) -> None:
    now = datetime.now(UTC)
    events = [login_event(user_id, now - timedelta(days=30 * month, minutes=1)) for month in range(13)]
    events += [login_event(user_id, now - timedelta(days=370)) for _ in range(3)]
    await client.post(PATH, json={"items": events})
    seen: list[str] = []
    params: dict[str, str | int] = {"limit": 3}
    while True:
        page = (await client.get(f"{PATH}/{user_id}", params=params)).json()
        seen += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        params["cursor"] = page["next_cursor"]
    assert seen[:13] == [event["id"] for event in events[:13]]
    assert sorted(seen) == sorted(event["id"] for event in events)
