"""One tab, without a socket: what it is sent and when, what it drops, from where it resumes, how it ends."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import half_open
import pytest
import resumption
from close_codes import REASONS, CloseCode
from half_open import HalfOpen
from messages import Message
from resumption import AT_MOST, Resumption, starting_point
from session import REMEMBERED, Session

from shared.models.base import Page
from shared.models.notification import Notification
from shared.utils.errors import Conflict, Unavailable
from shared.utils.ids import new_id
from tests.waiting import until


class FakeClient:
    """`ClientConnection` with room for `room` messages; notes what happens to it, in order."""

    kind = "fake"

    def __init__(self, room: int = 1_000) -> None:
        self.room = room
        self.sent: list[str] = []
        self.closed: list[tuple[CloseCode, str]] = []
        self.flushed = 0

    def send(self, message: Message) -> bool:
        if len(self.sent) >= self.room:
            return False
        self.sent.append(message.id)
        return True

    def flush(self) -> None:
        self.flushed += 1

    async def send_when_ready(self, message: Message) -> None:
        self.sent.append(message.id)

    def ping(self) -> bool:
        return True

    def close(self, code: CloseCode, reason: str) -> None:
        self.closed.append((code, reason))


def news(message_id: str) -> Message:
    return Message("notification.created", message_id, "{}")


def session(client: FakeClient | None = None, *, most_buffered: int = 3) -> Session:
    claims: Any = type("Claims", (), {"sub": "u1", "sid": "s1", "exp": time.time() + 60})
    return Session(client or FakeClient(), claims, resume_from="before", most_buffered=most_buffered)


def test_live_messages_are_held_back_until_what_was_missed_is_there() -> None:
    client = FakeClient()
    tab = session(client)
    assert [tab.enqueue(news(each)) for each in "ab"] == [False, False]
    assert client.sent == []
    tab.resume_live()
    assert (client.sent, client.flushed) == (["a", "b"], 1)
    assert tab.enqueue(news("c")) is True
    assert client.sent == ["a", "b", "c"]


def test_only_so_many_are_held_back() -> None:
    client = FakeClient()
    tab = session(client, most_buffered=2)
    for each in "ab":
        tab.enqueue(news(each))
    assert not tab.ended
    tab.enqueue(news("c"))
    assert client.closed == [(CloseCode.TOO_SLOW, REASONS[CloseCode.TOO_SLOW])]


def test_who_does_not_read_is_sent_away() -> None:
    client = FakeClient(room=1)
    tab = session(client)
    tab.resume_live()
    assert [tab.enqueue(news("a")), tab.enqueue(news("b")), tab.enqueue(news("c"))] == [True, False, False]
    assert [code for code, _ in client.closed] == [CloseCode.TOO_SLOW]
    assert tab.resume_from == "a"


async def test_what_comes_live_and_as_missed_is_sent_once() -> None:
    client = FakeClient()
    tab = session(client)
    tab.caught_up = False
    tab.enqueue(news("b"))
    for each in "ab":
        await tab.catch_up(news(each))
    tab.resume_live()
    assert client.sent == ["a", "b"]
    assert tab.resume_from == "b"


def test_it_resumes_from_the_last_that_it_has_for_certain() -> None:
    tab = session()
    tab.resume_live()
    tab.enqueue(news("a"))
    assert tab.resume_from == "a"
    tab.enqueue(Message("profile.updated", "p", "{}"))
    assert tab.resume_from == "a"
    tab.caught_up = False
    tab.enqueue(news("b"))
    assert tab.resume_from == "a"


def test_other_messages_pass_each_time_notifications_once() -> None:
    client = FakeClient()
    tab = session(client)
    tab.resume_live()
    for _ in range(2):
        tab.enqueue(Message("profile.updated", "p", "{}"))
        tab.enqueue(news("a"))
    assert client.sent == ["p", "a", "p"]


def test_so_many_ids_are_remembered_the_oldest_is_forgotten() -> None:
    client = FakeClient(room=10_000)
    tab = session(client)
    tab.resume_live()
    for number in range(REMEMBERED):
        tab.enqueue(news(str(number)))
    assert tab.enqueue(news("0")) is False
    tab.enqueue(news("one more"))
    assert tab.enqueue(news("0")) is True
    assert tab.enqueue(news("2")) is False


def test_the_first_reason_to_end_counts() -> None:
    client = FakeClient()
    tab = session(client)
    tab.end(CloseCode.RESTART, "retry_in=7")
    tab.end(CloseCode.LOGGED_OUT)
    tab.disconnected()
    assert client.closed == [(CloseCode.RESTART, "restart; retry_in=7")]
    tab.resume_live()
    assert tab.enqueue(news("a")) is False


def test_who_has_gone_is_not_closed_again() -> None:
    client = FakeClient()
    tab = session(client)
    tab.disconnected()
    tab.end(CloseCode.LOGGED_OUT)
    assert (tab.ended, client.closed) == (True, [])


def test_a_tab_resumes_after_what_it_knows_else_from_five_seconds_ago() -> None:
    known = new_id()
    assert starting_point(known) == (known, True)
    for unusable in (None, "", "nonsense", "0193a000-0000-4000-8000-000000000001"):
        start, missed = starting_point(unusable)
        assert not missed
        assert UUID(start).version == 7
        began = datetime.fromtimestamp((UUID(start).int >> 80) / 1_000, UTC)
        assert 4 < (datetime.now(UTC) - began).total_seconds() < 60


class FakeCassandra:
    """Pages of notifications, or what it raises."""

    def __init__(self, *answers: list[str] | Exception, endless: bool = False) -> None:
        self.answers = list(answers)
        self.endless = endless
        self.asked: list[dict[str, Any]] = []

    async def get(self, path: str, *, model: type[Page[Notification]], params: dict[str, Any]) -> Any:
        self.asked.append({"path": path} | params)
        answer = [new_id() for _ in range(100)] if self.endless else self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        cursor = "more" if self.answers or self.endless else None
        return model(items=[_notification(each) for each in answer], next_cursor=cursor)


def _notification(notification_id: str) -> Notification:
    return Notification(
        id=notification_id, user_id="u1", kind="security", title="T", body="B", created_at=datetime.now(UTC)
    )


@pytest.fixture
def resumed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Session, FakeClient, FakeCassandra, Resumption]]:
    monkeypatch.setattr(resumption, "FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(resumption, "LONGEST_PAUSE_SECONDS", 0.001)

    def made(*answers: list[str] | Exception, endless: bool = False) -> Any:
        client = FakeClient(room=10_000)
        cassandra: Any = FakeCassandra(*answers, endless=endless)
        return session(client), client, cassandra, Resumption(cassandra)

    return made


async def test_what_was_missed_comes_page_by_page_and_live_messages_after_it(resumed: Any) -> None:
    first, second, live = (new_id() for _ in range(3))
    tab, client, cassandra, looked_up = resumed([first], [second])
    looked_up.begin(tab)
    assert not tab.caught_up
    tab.enqueue(news(live))
    await until(lambda: client.sent == [first, second, live], "all three are sent in order")
    assert tab.caught_up
    asked = [(each["path"], each["after"], each["limit"]) for each in cassandra.asked]
    assert asked == [("/internal/notifications/u1", "before", 100), ("/internal/notifications/u1", first, 100)]


async def test_a_store_that_is_away_is_asked_again(resumed: Any) -> None:
    missed = new_id()
    tab, client, cassandra, looked_up = resumed(Unavailable(dependency="back-cassandra"), [missed])
    looked_up.later(tab)
    await until(lambda: tab.caught_up, "it has caught up")
    assert client.sent == [missed]
    assert len(cassandra.asked) == 2


async def test_a_look_up_that_is_refused_is_given_up(resumed: Any) -> None:
    tab, client, cassandra, looked_up = resumed(Conflict("no"))
    looked_up.later(tab)
    await until(lambda: tab.caught_up, "it goes on without")
    assert (client.sent, len(cassandra.asked)) == ([], 1)


async def test_who_missed_more_than_a_thousand_reads_the_list(resumed: Any) -> None:
    tab, client, _, looked_up = resumed(endless=True)
    looked_up.later(tab)
    await until(lambda: tab.caught_up, "it has caught up")
    assert len(client.sent) == AT_MOST


class FakeTransport:
    def __init__(self) -> None:
        self.aborted = False

    def abort(self) -> None:
        self.aborted = True


def test_of_too_many_half_open_connections_the_oldest_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = HalfOpen(at_most=2, seconds=5)
    transports: list[Any] = [FakeTransport() for _ in range(4)]
    for transport in transports[:2]:
        waiting.begin(transport)
        waiting.begin(transport)
    assert not transports[0].aborted
    waiting.done(transports[1])
    waiting.done(transports[1])
    waiting.begin(transports[2])
    assert not transports[0].aborted
    waiting.begin(transports[3])
    assert [each.aborted for each in transports] == [True, False, False, False]
    assert [each in waiting for each in transports] == [False, False, True, True]


async def test_who_takes_longer_than_allowed_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(half_open.time, "monotonic", lambda: now)
    rounds = 0

    async def sleep(seconds: float) -> None:
        nonlocal now, rounds
        assert seconds == 0.5
        rounds += 1
        now += 5.0 if rounds == 1 else 0.1
        if rounds == 3:
            raise TimeoutError

    waiting = HalfOpen(at_most=9, seconds=5)
    slow: Any = FakeTransport()
    waiting.begin(slow)
    monkeypatch.setattr(half_open.asyncio, "sleep", sleep)
    seen: list[bool] = []
    with pytest.raises(TimeoutError):
        await waiting.sweep()
    seen.append(slow.aborted)
    assert seen == [True]
    assert slow not in waiting
