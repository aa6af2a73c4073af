"""Which traces are kept: errors, slow ones, those that somebody asks for, and a few of all others."""

import os
import signal
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from fastapi import FastAPI, HTTPException

from shared.chassis import tracing
from shared.chassis.app import create_app
from shared.chassis.settings import ServiceSettings
from shared.chassis.tracing.budget import Budget
from shared.chassis.tracing.retention import BURST_SECONDS, INTERESTING_A_SECOND, MOST_UNDECIDED, Policy, file_retention
from shared.chassis.tracing.spans import MOST_SPANS, Ended, Span, new_trace_id
from shared.tests.app import FOLDER, calling, nothing
from shared.utils import correlation
from shared.utils.errors import Conflict, ServiceError, Unavailable
from tests.waiting import eventually

NOTHING = Policy(sample=0, background=0, per_second=0, slow_ms=60_000)


@pytest.fixture
def folder(tmp_path: Path) -> Generator[Path]:
    yield tmp_path / "traces"
    tracing.use(None)


class Spans(list[Ended]):
    """An exporter that keeps what it gets."""

    def export(self, spans: Sequence[Ended]) -> None:
        self.extend(spans)


@pytest.fixture
def written() -> Generator[Spans]:
    """What a process writes that keeps no trace unless there is a reason."""
    spans = Spans()
    tracing.use(spans, NOTHING)
    yield spans
    tracing.use(None)


def names(spans: Spans) -> list[str]:
    """After all of them were written."""
    tracing.use(None)
    return [span.name for span in spans]


def test_a_trace_without_a_reason_is_held_and_not_written(written: Spans):
    with tracing.server_span(None), tracing.client_span("back-redis", "GET"):
        assert tracing.trace_headers()["traceparent"].endswith("-00")
    assert names(written) == []


@pytest.mark.parametrize(
    ("error", "is_written"),
    [(Conflict(), False), (ServiceError(), True), (Unavailable(), True), (ValueError(), True)],
    ids=lambda value: type(value).__name__,
)
def test_a_refusal_is_no_failure_and_every_other_error_is(written: Spans, error: Exception, is_written: bool):
    with suppress(ServiceError, ValueError), tracing.server_span(None), tracing.client_span("postgres", "INSERT users"):
        raise error
    assert bool(names(written)) is is_written


def test_what_failed_is_written_with_all_that_led_to_it(written: Spans):
    with tracing.server_span(None) as request:
        with tracing.client_span("back-redis", "GET"):
            pass
        with pytest.raises(Unavailable), tracing.client_span("back-postgres", "POST back-postgres"):
            raise Unavailable
        assert request
        request.set_attribute("status", 200)  # it was degraded, and answered all the same
    assert names(written) == ["GET", "POST back-postgres", "request"]


def test_the_work_that_a_kept_request_leads_to_later_is_kept(written: Spans):
    with tracing.server_span(None) as request:
        traceparent = tracing.traceparent()
        assert request
        request.set_attribute("status", 503)
    with tracing.consumer_span("mail profile.updated", traceparent):
        pass
    assert names(written) == ["request", "mail profile.updated"]


class Clock:
    """Time as spans know it."""

    milliseconds = 1_700_000_000_000

    def ns(self) -> int:
        return self.milliseconds * 1_000_000


clock = Clock()


@pytest.fixture(autouse=True)
def own_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.chassis.tracing.spans.time_ns", clock.ns)


async def app_with(folder: Path, **settings: Any) -> FastAPI:
    known = ServiceSettings(port=1, traces_dir=str(folder), **settings)
    app = create_app("toy", FOLDER, known, lifespan=nothing)

    @app.get("/answers/{status}")
    async def answer(status: int) -> dict[str, str]:  # pyright: ignore[reportUnusedFunction]
        if status >= 400:
            raise HTTPException(status)
        return {}

    @app.get("/slow")
    async def slow() -> None:  # pyright: ignore[reportUnusedFunction]
        clock.milliseconds += 20

    return app


def lines(folder: Path) -> list[dict[str, Any]]:
    tracing.use(None)
    return [orjson.loads(line) for file in folder.glob("*.jsonl") for line in file.read_bytes().splitlines()]


async def test_as_shipped_errors_refusals_and_what_somebody_asks_for_are_kept(folder: Path):
    async with calling(await app_with(folder, traces_per_second=0)) as client:
        asked = {correlation.HEADER: "look-at-this-1"}
        made = {correlation.HEADER: "made-by-gateway", correlation.ORIGIN_HEADER: "gateway"}
        await client.get("/answers/200", headers=made)
        await client.get("/answers/200", headers=asked)
        await client.get("/answers/404", headers=made)
        await client.get("/answers/500", headers=made)
    assert [(line["status"], line["correlation_id"]) for line in lines(folder)] == [
        ("200", "look-at-this-1"),
        ("404", "made-by-gateway"),
        ("500", "made-by-gateway"),
    ]


async def test_what_took_longer_than_the_setting_is_kept(folder: Path):
    async with calling(await app_with(folder, traces_per_second=0, traces_slow_ms=20)) as client:
        await client.get("/answers/200")
        await client.get("/slow")
    assert [line["name"] for line in lines(folder)] == ["GET /slow"]


@pytest.fixture
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No budget fills up again, however slow the machine is."""
    monkeypatch.setattr("shared.chassis.tracing.budget.monotonic", lambda: 100.0)


@pytest.mark.usefixtures("standing_clock")
async def test_of_very_many_failures_some_are_kept(folder: Path):
    async with calling(await app_with(folder, traces_per_second=0)) as client:
        for _ in range(1_000):
            await client.get("/answers/500")
    assert len(lines(folder)) == INTERESTING_A_SECOND * BURST_SECONDS


@pytest.mark.usefixtures("standing_clock")
async def test_of_all_requests_a_few_a_second_are_kept(folder: Path):
    async with calling(await app_with(folder, traces_per_second=1)) as client:
        for _ in range(200):
            await client.get("/answers/200")
    assert len(lines(folder)) == BURST_SECONDS


async def test_background_work_is_not_followed_however_long_it_takes(folder: Path):
    async with calling(await app_with(folder, traces_slow_ms=20)) as client:
        with tracing.untraced():
            headers = tracing.trace_headers()
        await client.get("/slow", headers=headers)
    assert lines(folder) == []


def _request(process: Any, trace_id: str, status: int) -> None:
    with Span(
        process.part(trace_id, False), f"of {trace_id[:4]}", "server", "b7ad6b7169203331", {"status": status}, True
    ):
        pass


def test_what_another_process_finds_worth_keeping_is_kept_by_whom_it_had_called(folder: Path):
    callee = file_retention("callee", str(folder), NOTHING)
    caller = file_retention("caller", str(folder), NOTHING)
    failed = new_trace_id()
    fine = new_trace_id()
    for trace_id in (fine, failed):
        _request(callee, trace_id, 200)
    _request(caller, failed, 500)
    _request(caller, fine, 200)

    def written() -> list[str]:
        return [line["service"] for line in lines(folder) if line["trace_id"] == failed]

    eventually(lambda: sorted(written()) == ["callee", "caller"], "both parts are written")
    caller.close()
    callee.close()
    assert not [line for line in lines(folder) if line["trace_id"] == fine]


def test_what_is_held_is_bounded(folder: Path):
    process = file_retention("toy", str(folder), NOTHING)
    for _ in range(MOST_UNDECIDED + 10):
        _request(process, new_trace_id(), 200)
    part = process.part(new_trace_id(), False)
    for _ in range(MOST_SPANS + 10):
        with Span(part, "read", "client", "", {}, False):
            pass
    assert (len(process.undecided), len(part.spans)) == (MOST_UNDECIDED, MOST_SPANS)
    process.close()


def test_a_budget_fills_up_again(monkeypatch: pytest.MonkeyPatch):
    now = 100.0
    monkeypatch.setattr("shared.chassis.tracing.budget.monotonic", lambda: now)
    budget = Budget(2, 4)
    assert [budget.take() for _ in range(5)] == [True, True, True, True, False]
    now += 0.5
    assert [budget.take(), budget.take()] == [True, False]


def test_a_forked_process_writes_its_own(folder: Path):
    tracing.use(None)
    process = file_retention("toy", str(folder), NOTHING)
    child = os.fork()
    if child == 0:
        _request(process, new_trace_id(), 500)
        signal.pause()
    try:
        eventually(lambda: (folder / f"toy-{child}.jsonl").exists(), "the child has written")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        process.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [("traces_sample", 1.5), ("traces_per_second", -1), ("traces_slow_ms", 0), ("traces_slow_ms", "fast")],
)
def test_a_wrong_setting_is_refused_by_its_name(
    name: str, value: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PORT", "1")
    monkeypatch.setenv(name.upper(), str(value))
    with pytest.raises(SystemExit):
        ServiceSettings.load()
    assert f"setting {name.upper()}" in capsys.readouterr().err


async def test_a_request_in_the_same_trace_is_sampled_by_its_flag(folder: Path):
    transport = httpx.ASGITransport(app=await app_with(folder, traces_per_second=0))
    async with httpx.AsyncClient(transport=transport, base_url="http://toy") as client:
        await client.get("/answers/200", headers={"traceparent": f"00-{'a' * 32}-{'b' * 16}-01"})
        await client.get("/answers/200", headers={"traceparent": f"00-{'a' * 31}c-{'b' * 16}-00"})
    assert [line["trace_id"] for line in lines(folder)] == ["a" * 32]
