"""One trace over services and events, and none at all where it is off."""

import json
import re
import traceback
from collections.abc import Generator
from pathlib import Path
from typing import Any

import aiohttp.test_utils
import aiohttp.web
import httpx
import pytest
import structlog
from fastapi import FastAPI
from prometheus_client import REGISTRY

from shared.chassis import tracing
from shared.chassis.app import create_app
from shared.chassis.client import ServiceClient
from shared.chassis.settings import ServiceSettings, TracingSettings
from shared.chassis.tracing.files import MOST_SEGMENTS, JsonLines
from shared.chassis.tracing.log_lines import shortened
from shared.chassis.tracing.spans import Ended, current
from shared.tests.app import FOLDER, calling, nothing, own_logging
from shared.utils import correlation
from tests.waiting import eventually

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
TRACE = PARENT.split("-")[1]


@pytest.fixture
def folder(tmp_path: Path) -> Generator[Path]:
    """Where the spans of a traced test are."""
    yield tmp_path / "traces"
    tracing.use(None)


def start(service: str, folder: Path, sample: float = 1.0, background: float = 1.0) -> None:
    shares = {"traces_sample": sample, "traces_background": background, "traces_per_second": 0}
    settings = {"traces_dir": str(folder), **shares}
    assert tracing.start(service, TracingSettings.model_validate(settings))


def spans(folder: Path, count: int) -> list[dict[str, Any]]:
    """At least `count` spans, by the time they ended."""

    def lines() -> list[str]:
        return [line for file in folder.glob("*.jsonl") for line in file.read_text().splitlines()]

    eventually(lambda: len(lines()) >= count, f"{count} spans are written")
    return [json.loads(line) for line in lines()]


def traced_app(folder: Path) -> FastAPI:
    app = create_app("toy", FOLDER, ServiceSettings(port=1, traces_dir=str(folder), traces_sample=1), lifespan=nothing)

    @app.get("/things/{thing}")
    async def read(thing: str) -> dict[str, str]:  # pyright: ignore[reportUnusedFunction]
        with tracing.client_span("back-redis", "GET"):
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
    start("caller", folder, 1.0)
    got = await _traceparent_of_a_call()
    (span,) = spans(folder, 1)
    assert got.rpartition("-")[0] == f"00-{span['trace_id']}-{span['span_id']}"
    assert (span["name"], span["kind"], span["peer"], span["status"]) == ("GET callee", "client", "callee", "200")


async def test_without_a_folder_nothing_is_traced_and_nothing_sent():
    assert not tracing.start("caller", ServiceSettings(port=1))
    with tracing.client_span("callee", "GET") as span, tracing.consumer_span("task", PARENT) as work:
        assert (span, work, current()) == (None, None, None)
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
    start("back-workers", folder, 0.0, 0.0)
    with tracing.consumer_span("billing.run", PARENT):
        assert re.fullmatch(f"00-{TRACE}-[0-9a-f]{{16}}-01", tracing.traceparent())
    tracing.record_publish("back-redis", "publish profile.updated", PARENT)
    work, sent = spans(folder, 2)
    assert (work["kind"], sent["kind"], sent["peer"]) == ("consumer", "producer", "back-redis")


def test_a_malformed_header_begins_a_new_trace(folder: Path):
    start("toy", folder, 1.0)
    with tracing.server_span("nonsense"):
        assert TRACE not in tracing.traceparent()
        assert tracing.traceparent()


def test_a_store_counts_only_as_part_of_something_when_it_says_so(folder: Path):
    start("toy", folder, 1.0)
    with tracing.client_span("postgres", "session", root=False) as health_check:
        assert health_check is None
    with tracing.server_span(None), tracing.client_span("postgres", "session", root=False) as part:
        assert part


def lost() -> float:
    """Spans of this process that were lost so far."""
    return REGISTRY.get_sample_value("trace_spans_exported_total", {"outcome": "lost"}) or 0


def test_a_disk_that_is_gone_fails_nothing(tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    tracing.use(JsonLines(str(blocked), "toy"))
    before = lost()
    with tracing.server_span(None):
        pass
    eventually(lambda: lost() == before + 1, "the span is counted as lost")
    tracing.use(None)


def test_a_message_is_taken_up_in_the_trace_that_handed_it_over(folder: Path):
    tracing.use(JsonLines(str(folder), "toy"))
    assert tracing.producer_context("back-redis", "announce profile.updated") == ""
    with tracing.consumer_span("live profile.updated", PARENT):
        traceparent = tracing.producer_context("back-redis", "announce profile.updated")
    with tracing.consumer_span("deliver profile.updated", traceparent):
        pass

    by_name = {span["name"]: span for span in spans(folder, 3)}
    announced = by_name["announce profile.updated"]
    delivered = by_name["deliver profile.updated"]
    assert {span["trace_id"] for span in by_name.values()} == {TRACE}
    assert (announced["kind"], announced["peer"]) == ("producer", "back-redis")
    assert delivered["parent_id"] == announced["span_id"]


def test_full_files_are_followed_by_others_and_the_oldest_go(folder: Path):
    exporter = JsonLines(str(folder), "toy", segment_bytes=1)
    for at in range(MOST_SEGMENTS + 2):
        exporter.export([Ended(TRACE, f"{at:016x}", "", f"span {at}", "server", 0, 0, "200", {}, None)])
    names = [json.loads(path.read_text())["name"] for path in folder.glob("toy-*.jsonl")]
    assert sorted(names) == sorted(f"span {at}" for at in range(2, MOST_SEGMENTS + 2))


def test_work_that_nobody_asked_for_has_a_share_of_its_own(folder: Path):
    start("back-workers", folder, background=0)
    with tracing.client_span("back-postgres", "POST") as call:
        headers = tracing.trace_headers()
        with tracing.server_span(headers["traceparent"], tracestate=headers["tracestate"]) as poll:
            assert (call, poll, tracing.trace_headers()) == (None, None, headers)
    with tracing.consumer_span("task", "") as scheduled:
        assert scheduled is None
    with tracing.server_span(None), tracing.client_span("back-redis", "GET") as asked:
        assert asked


def test_what_is_untraced_says_so_to_whom_it_calls(folder: Path):
    start("back-workers", folder)
    with tracing.untraced():
        with tracing.client_span("back-cassandra", "POST") as call:
            assert call is None
        assert tracing.trace_headers()["traceparent"].endswith("-00")


def test_a_statement_is_recorded_on_one_line_with_its_placeholders(folder: Path):
    start("back-postgres", folder)
    with tracing.server_span(None), tracing.client_span("postgres", "UPDATE t", statement="UPDATE t\n   SET a = $1"):
        pass
    statement, request = spans(folder, 2)
    assert statement["statement"] == "UPDATE t SET a = $1"
    assert (statement["parent_id"], "statement" in request) == (request["span_id"], False)


async def test_log_lines_travel_with_their_span_without_secrets(folder: Path):
    with own_logging():
        app = traced_app(folder)

        @app.get("/crash")
        async def crash() -> None:  # pyright: ignore[reportUnusedFunction]
            structlog.get_logger("toy").warning("odd", reason="for ann@example.com", password="hidden", at=3)
            raise ValueError("typed by hand")

        async with calling(app) as client:
            assert (await client.get("/crash", headers={correlation.HEADER: "request-1"})).status_code == 500
        assert current() is None
    (request,) = spans(folder, 1)
    odd, line = request["logs"]
    assert (odd["event"], odd["level"], odd["fields"]) == ("odd", "warning", {"reason": "for …@…", "at": 3})
    assert (line["event"], line["fields"]["status"], request["status"]) == ("request", 500, "500")
    assert request["started"] <= odd["at"] <= line["at"]
    assert "typed" not in json.dumps(request)


def test_an_exception_is_its_type_and_its_places():
    try:
        raise ValueError("secret")
    except ValueError:
        text = shortened(traceback.format_exc())
    assert re.fullmatch(r"ValueError at test_tracing.py:\d+ in test_an_exception_is_its_type_and_its_places", text)
