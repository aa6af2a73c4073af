"""Traces: each span once, by correlation id; requests newest first, over the hours, for a day."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
SPANS = "/internal/spans"
TRACES = "/internal/traces"


def span(correlation_id: str, at: datetime, **changes: Any) -> dict[str, Any]:
    return {
        "id": uuid4().hex[:16], "trace_id": uuid4().hex, "parent_id": "", "correlation_id": correlation_id,
        "service": "back-api", "name": "GET /api/profile", "kind": "server", "started_at": at.isoformat(),
        "duration_ms": 12.345, "failed": False, "attributes": {"status": "200"}, "logs": [], **changes,
    }  # fmt: skip


def summary(at: datetime, **changes: Any) -> dict[str, Any]:
    return {
        "correlation_id": str(uuid4()), "trace_id": uuid4().hex, "name": "GET /app", "service": "front-public",
        "started_at": at.isoformat(), "duration_ms": 10.5, "spans": 4, "failed": False, **changes,
    }  # fmt: skip


async def stored(client: httpx.AsyncClient, spans: list[Any], traces: list[Any] | None = None) -> None:
    assert (await client.post(SPANS, json={"spans": spans, "traces": traces or []})).status_code == 204


async def listed(client: httpx.AsyncClient, among: list[Any], **params: Any) -> list[str]:
    """The correlation ids of `among`, as the list has them."""
    items = (await client.get(TRACES, params={"limit": 100, **params})).json()["items"]
    known = {item["correlation_id"] for item in among}
    return [item["correlation_id"] for item in items if item["correlation_id"] in known]


async def test_a_trace_has_its_spans_and_log_lines_by_time(client: httpx.AsyncClient) -> None:
    now = datetime.now(UTC)
    known = str(uuid4())
    later = {"at": (now + timedelta(seconds=2)).isoformat(), "level": "info", "event": "second", "fields": {"n": 1}}
    first = later | {"at": (now + timedelta(seconds=1)).isoformat(), "event": "first", "fields": {"why": "x"}}
    child = span(known, now + timedelta(microseconds=7), service="back-postgres", logs=[first])
    spans = [child, span(known, now, logs=[later])]
    for _ in range(2):
        await stored(client, spans)
    found = (await client.get(f"{TRACES}/{known}")).json()
    assert [one["id"] for one in found["spans"]] == [spans[1]["id"], child["id"]]
    assert found["spans"][1]["duration_ms"] == 12.345
    assert datetime.fromisoformat(found["spans"][1]["started_at"]) == now + timedelta(microseconds=7)
    assert [(line["event"], line["service"]) for line in found["logs"]] == [
        ("first", "back-postgres"),
        ("second", "back-api"),
    ]


async def test_an_unknown_id_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{TRACES}/{uuid4()}")).status_code == 404


async def test_requests_are_listed_newest_first_over_the_hours(client: httpx.AsyncClient) -> None:
    now = datetime.now(UTC)
    traces = [summary(now - timedelta(hours=5 * at)) for at in range(4)]
    await stored(client, [], traces)
    assert await listed(client, traces) == [trace["correlation_id"] for trace in traces]
    newer = traces[1] | {"spans": 9, "failed": True}
    await stored(client, [], [newer])
    items = (await client.get(TRACES, params={"limit": 100})).json()["items"]
    assert [(i["spans"], i["failed"]) for i in items if i["trace_id"] == newer["trace_id"]] == [(9, True)]


async def test_the_list_can_be_narrowed(client: httpx.AsyncClient) -> None:
    now = datetime.now(UTC)
    quick, slow, failed = traces = [
        summary(now),
        summary(now, duration_ms=900),
        summary(now, duration_ms=950, failed=True),
    ]
    await stored(client, [], traces)
    assert await listed(client, traces, failed="true") == [failed["correlation_id"]]
    assert set(await listed(client, traces, slower_than_ms=800)) == {slow["correlation_id"], failed["correlation_id"]}
    assert await listed(client, traces, failed="false", slower_than_ms=800) == [slow["correlation_id"]]
    assert set(await listed(client, traces, failed="false")) == {quick["correlation_id"], slow["correlation_id"]}
    assert len((await client.get(TRACES, params={"limit": 2})).json()["items"]) == 2


async def test_the_list_is_narrowed_by_where_requests_began_and_by_their_name(client: httpx.AsyncClient) -> None:
    now = datetime.now(UTC)
    socket, refused, users, other = traces = [
        summary(now, name="WS /ws/notifications", service="back-websockets"),
        summary(now, name="WS /ws/notifications", service="back-websockets", failed=True),
        summary(now, name="GET /Users/:id", service="front-admin"),
        summary(now),
    ]
    await stored(client, [], traces)
    assert set(await listed(client, traces, service="back-websockets")) == ids_of(socket, refused)
    assert set(await listed(client, traces, name="users")) == ids_of(users)
    assert set(await listed(client, traces, without="WS ,GET unmatched")) == ids_of(refused, users, other)


def ids_of(*traces: dict[str, Any]) -> set[str]:
    return {trace["correlation_id"] for trace in traces}


async def test_pages_show_each_request_once_over_the_hours(client: httpx.AsyncClient) -> None:
    now = datetime.now(UTC)
    service = uuid4().hex
    traces = [summary(now - timedelta(minutes=40 * at), service=service) for at in range(5)]
    await stored(client, [], traces)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await client.get(TRACES, params={"service": service, "limit": 2, "cursor": cursor})).json()
        seen += [item["correlation_id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [trace["correlation_id"] for trace in traces]


async def test_a_search_stops_at_a_bound_and_goes_on_from_there(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repositories.trace_repository.SCANNED", 1)
    now = datetime.now(UTC)
    service = uuid4().hex
    await stored(client, [], [summary(now, service=service), summary(now - timedelta(hours=3), service=service)])
    first = (await client.get(TRACES, params={"service": service})).json()
    assert first["next_cursor"]
    await stored(client, [], [summary(now + timedelta(seconds=1), service=service)])
    rest = (await client.get(TRACES, params={"service": service, "cursor": first["next_cursor"]})).json()
    assert len(first["items"]) + len(rest["items"]) <= 2


@pytest.mark.parametrize("cursor", ["x", "WyJhIiwiYiJd", "WyIxIl0"])
async def test_a_cursor_of_another_list_is_refused(client: httpx.AsyncClient, cursor: str) -> None:
    assert (await client.get(TRACES, params={"cursor": cursor})).status_code == 422


async def test_what_is_older_than_a_day_is_not_kept(client: httpx.AsyncClient) -> None:
    old = datetime.now(UTC) - timedelta(hours=25)
    known = str(uuid4())
    trace = summary(old)
    await stored(client, [span(known, old)], [trace])
    assert (await client.get(f"{TRACES}/{known}")).status_code == 404
    assert await listed(client, [trace]) == []


async def test_a_batch_is_bounded(client: httpx.AsyncClient) -> None:
    one = span(str(uuid4()), datetime.now(UTC))
    assert (await client.post(SPANS, json={"spans": [one] * 501})).status_code == 422
    assert (await client.post(SPANS, json={"spans": [one | {"correlation_id": "x" * 65}]})).status_code == 422
