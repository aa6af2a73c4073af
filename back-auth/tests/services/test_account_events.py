from datetime import UTC, datetime

import pytest

from services import account_events
from services.account_events import AccountEvents
from shared.models.events import Event
from shared.models.session import AccountLocked, LoginEvent, SessionRevoked
from shared.utils.errors import Unavailable
from shared.utils.ids import new_id
from tests.waiting import until


class FakeWriter:
    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.events = list[Event]()
        self.writes = 0

    async def append(self, *events: Event) -> list[str]:
        if self.failures:
            self.failures -= 1
            raise Unavailable(dependency="back-redis")
        self.events += events
        self.writes += 1
        return []


def login() -> LoginEvent:
    return LoginEvent(id=new_id(), user_id=new_id(), outcome="succeeded", occurred_at=datetime.now(UTC))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_events, "PAUSE_SECONDS", 0.01)


async def test_sign_in_becomes_an_event() -> None:
    writer = FakeWriter()
    event = login()
    async with AccountEvents(writer) as events:
        events.record(event)
    [written] = writer.events
    assert (written.id, written.type, written.stream, written.user_id) == (
        event.id, "login.recorded", "events:login", event.user_id,
    )  # fmt: skip
    assert LoginEvent.model_validate(written.data) == event


async def test_ended_session_becomes_an_event() -> None:
    writer = FakeWriter()
    ended = SessionRevoked(user_id=new_id(), session_id=new_id(), reason="token_reused", ip="203.0.113.5")
    async with AccountEvents(writer) as events:
        events.revoked(ended)
    [written] = writer.events
    assert (written.type, written.stream, written.user_id) == ("session.revoked", "events:session", ended.user_id)
    assert SessionRevoked.model_validate(written.data) == ended


async def test_a_locked_account_becomes_an_event() -> None:
    writer = FakeWriter()
    lock = AccountLocked(user_id=new_id(), ip="203.0.113.5")
    async with AccountEvents(writer) as events:
        events.locked(lock)
    [written] = writer.events
    assert (written.type, written.aggregate_id, written.user_id) == ("session.locked_out", lock.user_id, lock.user_id)
    assert AccountLocked.model_validate(written.data) == lock


async def test_what_comes_later_is_written_too() -> None:
    writer = FakeWriter()
    async with AccountEvents(writer) as events:
        events.record(login())
        await until(lambda: writer.writes == 1, "the first is written")
        events.record(login())
        await until(lambda: writer.writes == 2, "the second is written")
    assert len(writer.events) == 2


async def test_an_append_is_tried_five_times_with_growing_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(account_events, "PAUSE_SECONDS", 0.5)
    monkeypatch.setattr(account_events.asyncio, "sleep", sleep)
    writer = FakeWriter(failures=4)
    await AccountEvents(writer)._append([_sample()])  # pyright: ignore[reportPrivateUsage]
    assert len(writer.events) == 1
    assert pauses == [0.5, 1.0, 1.5, 2.0]
    writer = FakeWriter(failures=5)
    await AccountEvents(writer)._append([_sample()])  # pyright: ignore[reportPrivateUsage]
    assert writer.events == []


def _sample() -> Event:
    event = login()
    return account_events._event("login.recorded", event.id, event.user_id, event.occurred_at, event)  # pyright: ignore[reportPrivateUsage]


async def test_what_comes_together_is_written_together_and_in_order() -> None:
    writer = FakeWriter()
    logins = [login() for _ in range(20)]
    async with AccountEvents(writer) as events:
        for each in logins:
            events.record(each)
    assert [event.id for event in writer.events] == [each.id for each in logins]
    assert writer.writes == 1


async def test_hiccup_is_tried_again() -> None:
    writer = FakeWriter(failures=2)
    async with AccountEvents(writer) as events:
        events.record(login())
    assert len(writer.events) == 1


async def test_lasting_failure_is_given_up_without_an_error() -> None:
    writer = FakeWriter(failures=100)
    async with AccountEvents(writer) as events:
        events.record(login())
    assert writer.events == []


async def test_what_waits_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_events, "MOST_WAITING", 3)
    writer = FakeWriter()
    async with AccountEvents(writer) as events:
        for _ in range(10):
            events.record(login())
    assert len(writer.events) == 3
