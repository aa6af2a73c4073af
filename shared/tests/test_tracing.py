"""One trace over services and events, and none at all where it is off."""

import json
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import aiohttp.test_utils
import aiohttp.web
import httpx
import pytest
from fastapi import FastAPI
from opentelemetry.trace import get_current_span

from shared.chassis import tracing
from shared.chassis.app import create_app
from shared.chassis.client import ServiceClient
from shared.chassis.settings import ServiceSettings
from shared.chassis.tracing.files import JsonLines
from shared.tests.app import FOLDER, nothing
from shared.utils import correlation
from tests.waiting import eventually

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
TRACE = PARENT.split("-")[1]


@pytest.fixture
def folder(tmp_path: Path) -> Generator[Path]:
    """Where the spans of a traced test are."""
    yield tmp_path / "traces"
    tracing.use(None)


def spans(folder: Path, count: int) -> list[dict[str, Any]]:
    """At least `count` spans, by the time they ended."""

    def lines() -> list[str]:
        return [line for file in folder.glob("*.jsonl") for line in file.read_text().splitlines()]

    eventually(lambda: len(lines()) >= count, f"{count} spans are written")
    return [json.loads(line) for line in lines()]


def traced_app(folder: Path) -> FastAPI:
    app = create_app("toy", FOLDER, ServiceSettings(port=1, traces_dir=str(folder)), lifespan=nothing)

    @app.get("/things/{thing}")
    async def read(thing: str) -> dict[str, str]:  # pyright: ignore[reportUnusedFunction]
        with tracing.call("back-redis", "GET"):
            return {"thing": thing}

    return app


async def test_a_request_continues_the_trace_of_its_caller_and_is_named_by_its_route(folder: Path):
    transport = httpx.ASGITransport(app=traced_app(folder))
    async with httpx.AsyncClient(transport=transport, base_url="http://toy") as client:
        await client.get(
            "/things/secret-thing?token=secret", headers={"traceparent": PARENT, correlation.HEADER: "request-1"}
        )
        await client.get("/health")
    store, request = spans(folder, 2)
    assert (request["name"], request["kind"], request["status"]) == ("GET /things/{thing}", "server", "200")
    assert (request["trace_id"], request["parent_id"]) == (TRACE, PARENT.split("-")[2])
    assert (store["peer"], store["parent_id"], store["trace_id"]) == ("back-redis", request["span_id"], TRACE)
    assert {span["correlation_id"] for span in (store, request)} == {"request-1"}
    assert "secret" not in json.dumps([store, request])


async def test_a_call_hands_its_own_span_on(folder: Path):
    tracing.start("caller", str(folder), 1.0)
    got = await _traceparent_of_a_call()
    (span,) = spans(folder, 1)
    assert got.rpartition("-")[0] == f"00-{span['trace_id']}-{span['span_id']}"
    assert (span["name"], span["kind"], span["peer"], span["status"]) == ("GET callee", "client", "callee", "200")


async def test_without_a_folder_nothing_is_traced_and_nothing_sent():
    assert not tracing.start("caller", "", 1.0)
    with tracing.call("callee", "GET") as span, tracing.worked("task", PARENT) as work:
        assert (span, work, get_current_span().is_recording()) == (None, None, False)
    assert await _traceparent_of_a_call() == ""


async def _traceparent_of_a_call() -> str:
    got: list[str] = []

    async def answer(request: aiohttp.web.Request) -> aiohttp.web.Response:
        got.append(request.headers.get("traceparent", ""))
        return aiohttp.web.Response(text="{}")

    app = aiohttp.web.Application()
    app.router.add_get("/users/{id}", answer)
    async with (
        aiohttp.test_utils.TestServer(app) as server,
        ServiceClient("callee", str(server.make_url("/"))) as client,
    ):
        await client.call("GET", "/users/somebody@example.com")
    return got[0]


def test_work_that_was_sent_continues_its_senders_trace(folder: Path):
    tracing.start("back-workers", str(folder), 0.0)
    with tracing.worked("billing.run", PARENT):
        assert re.fullmatch(f"00-{TRACE}-[0-9a-f]{{16}}-01", tracing.traceparent())
    tracing.sent("back-redis", "publish profile.updated", PARENT)
    work, sent = spans(folder, 2)
    assert (work["kind"], sent["kind"], sent["peer"]) == ("consumer", "producer", "back-redis")


def test_what_is_not_sampled_is_handed_on_as_such_and_not_written(folder: Path):
    tracing.start("toy", str(folder), 0.0)
    with tracing.served(None):
        left_out = tracing.traceparent()
        assert re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-00", left_out)
        with tracing.call("back-redis", "GET") as call, tracing.worked("task", left_out) as work:
            assert (call, work, tracing.carried()) == (None, None, {"traceparent": left_out})
    assert not tracing.traceparent()
    assert not folder.exists()


def test_a_malformed_header_begins_a_new_trace(folder: Path):
    tracing.start("toy", str(folder), 1.0)
    with tracing.served("nonsense"):
        assert TRACE not in tracing.traceparent()
        assert tracing.traceparent()


def test_a_store_counts_only_as_part_of_something_when_it_says_so(folder: Path):
    tracing.start("toy", str(folder), 1.0)
    with tracing.call("postgres", "session", alone=False) as health_check:
        assert health_check is None
    with tracing.served(None), tracing.call("postgres", "session", alone=False) as part:
        assert part


def test_a_disk_that_is_full_or_gone_fails_nothing(tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    for exporter in (JsonLines(str(blocked), "toy"), JsonLines(str(tmp_path / "full"), "toy", most_bytes=10)):
        tracing.use(exporter)
        with tracing.served(None):
            pass
    tracing.use(None)


def test_a_message_is_taken_up_in_the_trace_that_handed_it_over(folder: Path):
    tracing.use(JsonLines(str(folder), "toy"))
    assert tracing.handed_over("back-redis", "announce profile.updated") == ""
    with tracing.worked("live profile.updated", PARENT):
        handed = tracing.handed_over("back-redis", "announce profile.updated")
    with tracing.worked("deliver profile.updated", handed):
        pass

    by_name = {span["name"]: span for span in spans(folder, 3)}
    announced, delivered = by_name["announce profile.updated"], by_name["deliver profile.updated"]
    assert {span["trace_id"] for span in by_name.values()} == {TRACE}
    assert (announced["kind"], announced["peer"]) == ("producer", "back-redis")
    assert delivered["parent_id"] == announced["span_id"]
