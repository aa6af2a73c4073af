"""One open WebSocket, without a network: what its client may say, what it is sent while it reads and while it does not."""

import asyncio
from types import SimpleNamespace

import protocol
import pytest
from close_codes import CloseCode
from messages import Message
from prometheus_client import REGISTRY
from protocol import FLOOD_FRAMES, FLOOD_SECONDS
from tests.one_socket import Connection, connection, opened
from websockets.frames import Frame, Opcode

from shared.utils.ids import new_id
from tests.waiting import until

__all__ = ["connection"]


def message(text: str) -> Message:
    return Message("task.progress", new_id(), text)


def text(content: str) -> Frame:
    return Frame(Opcode.TEXT, content.encode())


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (text("{}"), None),
        (text('{"type": "hello"}'), None),
        (text("null"), CloseCode.NOT_JSON),
        (text("[]"), CloseCode.NOT_JSON),
        (text("{"), CloseCode.NOT_JSON),
        (text("[" * 4000), CloseCode.NOT_JSON),
        (Frame(Opcode.TEXT, b"{", fin=False), None),
        (Frame(Opcode.BINARY, b"{}"), CloseCode.BINARY),
        (Frame(Opcode.PING, b""), None),
        (text("x" * 5000), CloseCode.TOO_BIG),
    ],
)
async def test_what_a_client_says_is_ignored_or_ends_it(
    connection: Connection, frame: Frame, code: CloseCode | None
) -> None:
    await opened(connection)
    connection.say(frame)
    assert connection.close_code == code


async def test_a_hundred_frames_in_ten_seconds_are_enough(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(connection)
    now = asyncio.get_running_loop().time()
    clock = SimpleNamespace(time=lambda: now, call_later=asyncio.get_running_loop().call_later)
    monkeypatch.setattr(connection.protocol, "_loop", clock)
    for _ in range(2):
        now += FLOOD_SECONDS + 0.1
        connection.say(*[text("{}")] * FLOOD_FRAMES)
        assert connection.close_code is None
    now += FLOOD_SECONDS - 0.1
    connection.say(text("{}"))
    assert connection.close_code == CloseCode.FLOOD


async def test_messages_go_out_together_and_in_order(connection: Connection) -> None:
    await opened(connection)
    assert [connection.protocol.send(message(each)) for each in ("1", "2")] == [True, True]
    assert connection.transport.written == []
    connection.protocol.flush()
    assert len(connection.transport.written) == 1
    assert connection.texts() == ["1", "2"]
    connection.protocol.flush()
    assert connection.transport.written == []


async def test_a_burst_is_written_and_a_client_that_lags_behind_is_not_waited_for(connection: Connection) -> None:
    await opened(connection)
    assert all(connection.protocol.send(message(str(each))) for each in range(7))
    connection.protocol.flush()
    assert connection.texts() == [str(each) for each in range(7)]
    connection.protocol.pause_writing()
    assert [connection.protocol.send(message(str(each))) for each in range(4)] == [True, True, True, False]
    connection.protocol.flush()
    assert connection.texts() == []
    connection.protocol.resume_writing()
    assert connection.texts() == ["0", "1", "2"]


async def test_a_missed_message_waits_for_room(connection: Connection) -> None:
    await opened(connection)
    await connection.protocol.send_when_ready(message("1"))
    connection.protocol.send(message("2"))
    connection.protocol.pause_writing()
    waiting = asyncio.ensure_future(connection.protocol.send_when_ready(message("3")))
    await asyncio.sleep(0)  # noqa: TID251 - it begins to wait
    assert (connection.texts(), waiting.done()) == (["1"], False)
    connection.protocol.resume_writing()
    await waiting
    assert connection.texts() == ["2", "3"]


async def test_a_ping_that_is_not_answered_until_the_next_is_noticed(connection: Connection) -> None:
    await opened(connection)
    assert connection.protocol.ping()
    (ping,) = connection.read()
    assert ping.opcode is Opcode.PING
    assert not connection.protocol.ping()
    connection.say(Frame(Opcode.PONG, b""))
    assert connection.protocol.ping()
    connection.answer()
    connection.protocol.pause_writing()
    assert connection.protocol.ping()
    assert connection.transport.written == []


async def test_an_end_is_said_before_what_waits_and_the_client_answers(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(connection)
    connection.protocol.send(message("last"))
    connection.protocol.close(CloseCode.RESTART, "restart")
    assert connection.texts() == ["last"]
    assert connection.close_code == CloseCode.RESTART
    connection.protocol.send(message("late"))
    connection.protocol.flush()
    assert connection.texts() == []
    connection.answer()
    assert connection.transport.ended
    connection.protocol.close(CloseCode.LOGGED_OUT, "late")
    connection.protocol.connection_lost(None)
    assert not connection.transport.aborted


async def test_a_client_that_does_not_answer_an_end_is_cut_off(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "ABORT_SECONDS", 0.0)
    await opened(connection)
    connection.protocol.pause_writing()
    connection.protocol.close(CloseCode.TOO_SLOW, "too slow")
    assert connection.close_code == CloseCode.TOO_SLOW
    await until(lambda: connection.transport.aborted, "it is cut off")


def ended(reason: str) -> float:
    return REGISTRY.get_sample_value("websocket_closed_total", {"reason": reason}) or 0


async def test_who_ended_it_is_counted_once(connection: Connection) -> None:
    by_client = ended("by_client")
    too_big = ended("too_big")
    await opened(connection)
    connection.browser.send_close(1000)
    connection.answer()
    assert (connection.close_code, ended("by_client")) == (1000, by_client + 1)
    connection.protocol.connection_lost(None)
    await opened(other := Connection(connection.resources))
    other.say(text("x" * 5000))
    other.answer()
    assert (ended("by_client"), ended("too_big")) == (by_client + 1, too_big + 1)


async def test_a_stop_ends_every_socket(connection: Connection) -> None:
    await opened(connection)
    connection.protocol.shutdown()
    await until(lambda: connection.close_code == CloseCode.RESTART, "it is told to come again")
