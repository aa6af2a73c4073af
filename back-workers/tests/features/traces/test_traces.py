"""The collector: every line of the services' files once, in order of arrival, bounded, and never in the way."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import web
from features.traces import span_files
from features.traces.collector import Collector
from features.traces.otlp import Otlp
from features.traces.span_files import SpanFiles
from features.traces.spans import MOST_AN_HOUR, MOST_OF_ONE_ID, Requests, parse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from shared.chassis.client import ServiceClient
from shared.models.trace import StoredSpan
from shared.utils.errors import Invalid, Unavailable
from tests.in_process import FakePeer, InProcessClient
from tests.served import served

MEGABYTE = 1024 * 1024
STARTED = 1_790_000_000_000_000


def line(**changes: Any) -> bytes:
    """Of a service's span file."""
    span = {
        "service": "back-api", "name": "GET /api/profile", "kind": "server", "trace_id": "0" * 31 + "1", "span_id": uuid4().hex[:16],
        "parent_id": "", "peer": "", "caller": "", "started": STARTED, "duration": 1500, "status": "200", "correlation_id": "request-1",
    }  # fmt: skip
    return json.dumps(span | changes).encode()


def span(**changes: Any) -> StoredSpan:
    parsed = parse(line(**changes))
    assert parsed
    return parsed


def write(folder: Path, *lines: bytes, name: str = "back-api-1.jsonl") -> Path:
    folder.mkdir(exist_ok=True)
    with (folder / name).open("ab") as file:
        file.write(b"".join(one + b"\n" for one in lines))
    return folder / name


class Store(FakePeer):
    """back-cassandra."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: list[dict[str, Any]] = []
        self.traces: list[dict[str, Any]] = []
        self.refuses = False

    def handle(self, method: str, path: str, params: dict[str, str], body: bytes) -> bytes:
        if self.refuses:
            raise Invalid
        stored = json.loads(body)
        self.spans += stored["spans"]
        self.traces += stored["traces"]
        return b""


@pytest.fixture
def store() -> Store:
    return Store()


def collector(folder: Path, store: Store, otlp: Otlp | None = None) -> Collector:
    return Collector(SpanFiles(folder, MEGABYTE), InProcessClient("back-cassandra", store), otlp)


async def test_what_services_wrote_is_stored_with_a_summary_of_the_request(tmp_path: Path, store: Store) -> None:
    child = line(
        service="back-postgres", kind="client", parent_id="1", peer="postgres", statement="SELECT 1", status="error"
    )
    write(tmp_path, line(logs=[{"at": STARTED, "level": "info", "event": "x", "fields": {"n": 1}}]))
    write(tmp_path, child, name="back-postgres-1.jsonl")
    assert await collector(tmp_path, store).step() == 2
    request, statement = store.spans
    assert (request["attributes"], request["duration_ms"], request["failed"]) == ({"status": "200"}, 1.5, False)
    assert statement["attributes"] == {"peer": "postgres", "statement": "SELECT 1", "status": "error"}
    assert (statement["failed"], request["logs"][0]["fields"]) == (True, {"n": 1})
    (summary,) = store.traces
    assert (summary["spans"], summary["failed"], summary["name"]) == (2, True, "GET /api/profile")


async def test_another_collector_goes_on_where_one_stopped(tmp_path: Path, store: Store) -> None:
    file = write(tmp_path, line())
    files = SpanFiles(tmp_path, MEGABYTE)
    one = Collector(files, InProcessClient("back-cassandra", store))
    other = collector(tmp_path, store)
    assert [await one.step(), await other.step()] == [1, 0]
    files.close()
    with file.open("ab") as unfinished:
        unfinished.write(line() + b"\n" + line()[:20])
    assert await other.step() == 1
    with file.open("ab") as rest:
        rest.write(b"\n")  # half a line of a process that was killed
    write(tmp_path, line())
    assert await other.step() == 1
    assert len({one["id"] for one in store.spans}) == 3


async def test_while_the_store_is_away_spans_wait_and_are_counted_once(tmp_path: Path, store: Store) -> None:
    write(tmp_path, line(), line(kind="client", parent_id="1"))
    it = collector(tmp_path, store)
    store.down = True
    for _ in range(2):
        with pytest.raises(Unavailable):
            await it.step()
    store.down = False
    assert await it.step() == 2
    assert [trace["spans"] for trace in store.traces] == [2]


async def test_what_the_store_refuses_does_not_stop_the_rest(tmp_path: Path, store: Store) -> None:
    write(tmp_path, line())
    it = collector(tmp_path, store)
    store.refuses = True
    await it.step()
    store.refuses = False
    write(tmp_path, line())
    assert await it.step() == 1
    assert len(store.spans) == 1


@pytest.mark.parametrize("text", [b"", b"nonsense", b"[]", b"{}", line(started="x"), line(correlation_id="x" * 65)])
def test_a_line_that_is_no_span_is_left_out(text: bytes) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("status", "failed"), [("200", False), ("404", False), ("unset", False), ("503", True), ("error", True)]
)
def test_a_span_has_failed_when_the_service_did(status: str, failed: bool) -> None:
    assert span(status=status).failed is failed


def test_a_summary_is_written_again_when_more_was_seen() -> None:
    requests = Requests()
    assert requests.summaries([span(kind="client", parent_id="1")]) == []
    assert [trace.spans for trace in requests.summaries([span()])] == [2]
    assert [(trace.spans, trace.failed) for trace in requests.summaries([span(parent_id="2", status="500")])] == [
        (3, True)
    ]


def test_only_requests_are_listed() -> None:
    assert Requests().summaries([span(kind="client"), span(kind="consumer"), span(parent_id="1")]) == []


def test_one_correlation_id_and_one_hour_hold_only_so_much() -> None:
    requests = Requests()
    one = span()
    later = one.model_copy(update={"started_at": one.started_at.replace(year=2027)})
    several: Iterator[StoredSpan] = iter([one] * (MOST_OF_ONE_ID + 5) + [later])
    assert len(requests.admitted(several)) == MOST_OF_ONE_ID + 1
    others = [one.model_copy(update={"trace_id": f"{at:032x}"}) for at in range(MOST_AN_HOUR + 5)]
    assert sum(len(requests.summaries([other])) for other in others) == MOST_AN_HOUR


def test_read_files_at_rest_are_removed_when_they_are_too_much(tmp_path: Path) -> None:
    old, new, unread = (write(tmp_path, line(), name=f"{name}.jsonl") for name in ("a-1", "b-1", "c-1"))
    files = SpanFiles(tmp_path, most_bytes=0)
    files.read()
    files.done()
    write(tmp_path, line(), name=unread.name)
    for path in (old, unread):
        os.utime(path, (time.time() - 120, time.time() - 120))
    files.clean()
    assert sorted(path.name for path in tmp_path.glob("*.jsonl")) == [new.name, unread.name]


def test_the_oldest_is_given_up_when_too_much_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(span_files, "MOST_BEHIND", len(line()) + 10)
    old = write(tmp_path, line(), name="a-1.jsonl")
    os.utime(old, (1, 1))
    write(tmp_path, line(service="newest"), name="b-1.jsonl")
    (kept,) = SpanFiles(tmp_path, MEGABYTE).read()
    assert json.loads(kept)["service"] == "newest"


async def test_an_otlp_endpoint_gets_the_spans_and_may_be_away(tmp_path: Path, store: Store) -> None:
    got: list[tuple[str, bytes]] = []

    async def take(request: web.Request) -> web.Response:
        got.append((request.content_type, await request.read()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/v1/traces", take)
    log_line = {"at": STARTED + 5, "level": "warning", "event": "odd", "fields": {"n": 1, "share": 0.5, "yes": True}}
    write(tmp_path, line(logs=[log_line], status="500", parent_id="00000000000000ab"), line(service="front-admin"))
    async with served(app) as url, ServiceClient("jaeger", url) as client:
        assert await collector(tmp_path, store, Otlp(client)).step() == 2
    ((content_type, body),) = got
    sent = ExportTraceServiceRequest.FromString(body)
    names = {resource.resource.attributes[0].value.string_value: resource for resource in sent.resource_spans}
    assert (content_type, set(names)) == ("application/x-protobuf", {"back-api", "front-admin"})
    (one,) = names["back-api"].scope_spans[0].spans
    assert (one.trace_id[-1], one.parent_span_id[-1], one.status.code, one.kind) == (1, 0xAB, 2, 2)
    assert (one.end_time_unix_nano - one.start_time_unix_nano, one.events[0].name) == (1_500_000, "odd")
    async with ServiceClient("jaeger", "http://127.0.0.1:1") as nobody:
        it = collector(tmp_path / "other", store, Otlp(nobody))
        write(tmp_path / "other", line())
        assert await it.step() == 1
