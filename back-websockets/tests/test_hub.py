"""All tabs of a process, without sockets or Redis: how many may be open, who is sent what, when a connection is closed."""

import time
from typing import Any

import hub as module
import pytest
from close_codes import CloseCode, ConnectionRejected
from hub import TURNS, Hub
from session import Session
from tests.test_session import FakeClient

from back_redis.live_envelope import live_channel
from tests.waiting import until


class Redis:
    """Subscriptions, in the order in which they were asked for, and revoked sessions."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.revoked: set[str] = set()

    async def subscribe(self, channel: str) -> bool:
        self.asked.append(("+", channel))
        return True

    async def unsubscribe(self, channel: str) -> None:
        self.asked.append(("-", channel))

    def is_revoked(self, session_id: str) -> bool:
        return session_id in self.revoked


@pytest.fixture
def redis() -> Redis:
    return Redis()


@pytest.fixture
def gaps() -> list[Session]:
    return []


@pytest.fixture
def hub(redis: Any, gaps: list[Session]) -> Hub:
    return Hub(redis, per_user=2, in_total=3, drain_seconds=0.0, on_gap=gaps.append)


def tab(user_id: str = "u1", *, expires_in: float = 60.0) -> Session:
    claims: Any = type("Claims", (), {"sub": user_id, "sid": f"of {user_id}", "exp": time.time() + expires_in})
    made = Session(FakeClient(), claims, resume_from="", most_buffered=9)
    made.resume_live()
    return made


def sent(session: Session) -> list[str]:
    client: Any = session.client
    return client.sent


def closed(session: Session) -> list[CloseCode]:
    client: Any = session.client
    return [code for code, _ in client.closed]


async def rounds(hub: Hub, redis: Any, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """So many rounds of looking after the sessions."""
    left = count

    async def sleep(seconds: float) -> None:
        nonlocal left
        assert seconds == 0.4
        if not left:
            raise TimeoutError
        left -= 1

    monkeypatch.setattr(module.asyncio, "sleep", sleep)
    with pytest.raises(TimeoutError):
        await hub.expire_sessions(redis)
    monkeypatch.undo()


async def test_a_user_and_a_process_have_so_many_tabs_and_no_more(hub: Hub, redis: Any) -> None:
    for user_id in ("u1", "u1", "u2"):
        await hub.add(tab(user_id), redis)
    for user_id in ("u1", "u3"):
        with pytest.raises(ConnectionRejected) as refused:
            await hub.add(tab(user_id), redis)
        assert refused.value.code is CloseCode.TOO_MANY


async def test_a_tab_that_is_gone_makes_room(hub: Hub, redis: Any) -> None:
    first = tab()
    await hub.add(first, redis)
    await hub.add(tab(), redis)
    with pytest.raises(ConnectionRejected):
        await hub.add(tab(), redis)
    hub.remove(first)
    hub.remove(first)
    assert first.ended
    await hub.add(tab(), redis)
    hub.remove(tab("stranger"))


async def test_who_has_come_is_published_once_and_who_is_there_always(hub: Hub, redis: Any) -> None:
    one = tab("u1")
    await hub.add(one, redis)
    await hub.add(tab("u1"), redis)
    await hub.add(tab("u2"), redis)
    assert hub.take_new_users() == {"u1", "u2"}
    assert hub.take_new_users() == set()
    hub.remove(one)
    assert hub.users() == ["u1", "u2"]


async def test_a_message_reaches_each_tab_of_its_users_and_nobody_else(hub: Hub, redis: Any) -> None:
    tabs = [tab("u1"), tab("u2"), tab("u3")]
    for each in tabs:
        await hub.add(each, redis)
    hub.on_message("live:1", "profile.updated m1 u1,u2,u9\n{}")
    hub.on_message("live:1", "no live message")
    assert [sent(each) for each in tabs] == [["m1"], ["m1"], []]


async def test_a_gap_is_reported_to_each_tab(hub: Hub, redis: Any, gaps: list[Session]) -> None:
    tabs = [tab("u1"), tab("u2")]
    for each in tabs:
        await hub.add(each, redis)
    hub.on_gap()
    assert set(gaps) == set(tabs)


async def test_logins_that_have_ended_are_sent_away(hub: Hub, redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    subscriptions: Any = redis
    tabs = [tab("u1", expires_in=-1), tab("u2"), tab("u3")]
    for each in tabs:
        await hub.add(each, subscriptions)
    redis.revoked = {"of u2"}
    await rounds(hub, redis, monkeypatch, 1)
    assert [closed(each) for each in tabs] == [[CloseCode.LOGGED_OUT], [CloseCode.LOGGED_OUT], []]


async def test_each_tab_is_asked_once_in_fifty_rounds(hub: Hub, redis: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    tabs = [tab("u1"), tab("u2")]
    for number, each in enumerate(tabs):
        await hub.add(each, redis)
        client: Any = each.client
        client.ping = lambda number=number: asked.append(f"tab {number}") or number == 0
    await rounds(hub, redis, monkeypatch, TURNS)
    assert sorted(asked) == ["tab 0", "tab 1"]
    assert [closed(each) for each in tabs] == [[], [CloseCode.UNRESPONSIVE]]


async def test_a_shard_without_users_is_left(hub: Hub, redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    subscriptions: Any = redis
    first = tab("u1")
    second = tab("u1")
    channel = live_channel("u1")
    await hub.add(first, subscriptions)
    await hub.add(second, subscriptions)
    hub.remove(first)
    await rounds(hub, redis, monkeypatch, 1)
    assert ("-", channel) not in redis.asked
    hub.remove(second)
    await rounds(hub, redis, monkeypatch, 2)
    assert redis.asked.count(("-", channel)) == 1


async def test_a_process_that_stops_lets_nobody_in_and_says_when_to_come_back(hub: Hub, redis: Any) -> None:
    one = tab("u1")
    await hub.add(one, redis)
    hub.drain()
    hub.drain()
    client: Any = one.client
    await until(lambda: client.closed, "it is sent away")
    ((code, reason),) = client.closed
    assert code is CloseCode.RESTART
    assert reason.startswith("restart; retry_in=")
    with pytest.raises(ConnectionRejected) as refused:
        await hub.add(tab("u2"), redis)
    assert refused.value.code is CloseCode.RESTART
