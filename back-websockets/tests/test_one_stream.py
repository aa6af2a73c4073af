"""One event stream, without a network: what its client reads, and how it ends."""

import asyncio
import json
from typing import Any

import event_stream
import pytest
from close_codes import CloseCode
from event_stream import HEARTBEAT, OPENING, EventStream, EventStreamResponse
from messages import Message
from tests.without_servers import resources

from shared.utils.ids import new_id
from tests.waiting import until


def message(number: int) -> Message:
    return Message("task.progress", new_id(), str(number))


class Client:
    """Reads a response of the application until it has `gone`."""

    def __init__(self, shared: Any, token: str = "u1", **headers: str) -> None:
        self.resources = shared
        self.got: list[bytes] = []
        self.started: dict[str, Any] = {}
        self.gone = asyncio.Event()
        self.is_over = False
        self.aborted = False
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        raw += [(b"authorization", f"Bearer {token}".encode())] if token else []
        scope = {"type": "http", "path": "/", "query_string": b"", "headers": raw, "state": {"abort": self._abort}}
        self.response = asyncio.ensure_future(EventStreamResponse(shared)(scope, self._receive, self._send))

    def _abort(self) -> None:
        self.aborted = True

    async def _receive(self) -> dict[str, Any]:
        if not self.started.get("asked"):
            self.started["asked"] = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, event: Any) -> None:
        if event["type"] == "http.response.start":
            self.started |= event
            return
        if event["body"]:
            self.got.append(event["body"])
        self.is_over = not event.get("more_body", False)

    async def reading(self) -> None:
        await until(lambda: self.got == [OPENING], "the stream has begun")


def code_of(event: bytes) -> int:
    """The code of a close event."""
    return json.loads(event.partition(b"data: ")[2])["code"]


async def test_a_stream_begins_at_once_and_is_nobodys_to_keep() -> None:
    client = Client(resources())
    await client.reading()
    assert client.started["status"] == 200
    headers = dict(client.started["headers"])
    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert headers[b"cache-control"] == b"no-store"
    assert headers[b"x-accel-buffering"] == b"no"
    assert b"content-length" not in headers
    assert client.resources.hub.users() == ["u1"]
    client.gone.set()
    await client.response
    assert client.is_over
    assert client.resources.hub.users() == []
    assert len(client.resources.resumption.stopped) == 1


async def test_a_stream_resumes_after_the_last_event_that_its_client_has() -> None:
    known = new_id()
    client = Client(resources(), last_event_id=known)
    await client.reading()
    assert [session.resume_from for session in client.resources.resumption.begun] == [known]
    client.gone.set()
    await client.response


@pytest.mark.parametrize(
    ("token", "code"),
    [("", CloseCode.LOGGED_OUT), ("expired", CloseCode.LOGGED_OUT), ("away", CloseCode.TRY_LATER)],
)
async def test_who_is_refused_reads_why_and_the_end(token: str, code: CloseCode) -> None:
    client = Client(resources(), token)
    await client.response
    (answer,) = client.got
    assert answer.startswith(OPENING)
    assert (code_of(answer), client.is_over) == (code, True)


async def test_a_stop_is_the_last_event() -> None:
    client = Client(resources())
    await client.reading()
    client.resources.hub.drain()
    await client.response
    assert (code_of(client.got[-1]), client.is_over) == (CloseCode.RESTART, True)


async def written(stream: EventStream, count: int) -> list[bytes]:
    """The first `count` events."""
    got: list[bytes] = []

    async def send(event: Any) -> None:
        assert (event["type"], event["more_body"]) == ("http.response.body", True)
        got.append(event["body"])

    writing = asyncio.ensure_future(stream.write_to(send))
    await until(lambda: len(got) == count, f"{count} events are written")
    writing.cancel()
    return got


async def test_events_come_in_order_and_no_more_wait_than_there_is_room_for() -> None:
    stream = EventStream(2, lambda: None)
    events = [message(number) for number in range(3)]
    assert [stream.send(each) for each in events] == [True, True, False]
    waiting = asyncio.ensure_future(stream.send_when_ready(events[2]))
    assert await written(stream, 4) == [OPENING, *(each.event for each in events)]
    await waiting


async def test_a_heartbeat_is_sent_when_there_is_nothing_better() -> None:
    stream = EventStream(2, lambda: None)
    assert stream.ping()
    assert stream.ping()
    one = message(1)
    stream.send(one)
    assert await written(stream, 3) == [OPENING, HEARTBEAT, one.event]


async def test_an_end_drops_what_waits_and_the_first_reason_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "ABORT_SECONDS", 0.0)
    cut_off: list[bool] = []
    stream = EventStream(2, lambda: cut_off.append(True))
    for number in range(2):
        stream.send(message(number))
    stream.close(CloseCode.TOO_SLOW, "too slow")
    stream.close(CloseCode.LOGGED_OUT, "late")
    opening, last = await written(stream, 2)
    assert (opening, code_of(last)) == (OPENING, CloseCode.TOO_SLOW)
    await until(lambda: cut_off == [True], "a client that does not read its end is cut off")


async def test_who_reads_its_end_is_not_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "ABORT_SECONDS", 0.01)
    cut_off: list[bool] = []
    stream = EventStream(2, lambda: cut_off.append(True))
    stream.disconnected()
    stream.close(CloseCode.RESTART, "restart")
    stream.disconnected()
    passed = asyncio.Event()
    asyncio.get_running_loop().call_later(0.03, passed.set)
    await passed.wait()
    assert cut_off == []
