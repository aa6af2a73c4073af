"""The monitor looks every ten seconds, at what is there; what is away is looked at the next time."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from events import stream_monitor as module
from events.stream_monitor import StreamMonitor
from prometheus_client import REGISTRY
from tests.fakes import FakeService

from shared.models.event_streams import EventStream, StreamGroup
from shared.utils.errors import Unavailable

FIGURES = "GET /internal/outbox/figures"


class FakeRedis:
    """`back_redis.connection.RedisConnection`."""

    def __init__(self, lengths: dict[str, int]) -> None:
        self.lengths = lengths
        self.calls = list[tuple[Any, ...]]()

    async def call(self, *command: Any) -> Any:
        self.calls.append(command)
        return self.lengths.get(command[1], 0) if command[0] == "XLEN" else []


def shown(name: str, **labels: str) -> float | None:
    """By `/metrics`."""
    return REGISTRY.get_sample_value(name, labels)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Of the monitor, which is stopped in the third."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            raise asyncio.CancelledError

    monkeypatch.setattr(module, "asyncio", SimpleNamespace(sleep=sleep))
    return waited


async def test_between_two_looks_it_waits_ten_seconds(pauses: list[float]) -> None:
    postgres = FakeService("back-postgres", {FIGURES: Unavailable(dependency="postgres")})
    redis: Any = FakeRedis({})
    monitor = StreamMonitor(postgres, redis, [])
    looked = 0

    async def streams() -> None:
        nonlocal looked
        looked += 1

    monitor.streams = streams
    with pytest.raises(asyncio.CancelledError):
        await monitor.run()
    assert pauses == [10.0] * 3
    assert looked == len(postgres.made(FIGURES)) == 3


async def test_figures_of_the_outbox_are_shown() -> None:
    figures = {"pending": 7, "oldest_seconds": 2.5, "dead": 3}
    redis: Any = FakeRedis({})
    await StreamMonitor(FakeService("back-postgres", {FIGURES: figures}), redis, []).outbox()
    assert [shown(f"outbox_{what}") for what in ("pending", "oldest_seconds", "dead")] == [7, 2.5, 3]


async def test_streams_and_what_is_parked_are_shown_and_kept_short(monkeypatch: pytest.MonkeyPatch) -> None:
    group = StreamGroup(name="mail", consumers=1, lag=4, pending=2, oldest_pending_seconds=9.0)
    kept: list[str] = []
    noted: list[Any] = []

    async def look(_redis: Any, streams: Any) -> list[EventStream]:
        assert list(streams) == ["events:user"]
        return [EventStream(name="events:user", length=11, groups=[group])]

    async def trim(name: str) -> None:
        kept.append(name)

    async def memory_of(_redis: Any) -> str:
        return "memory"

    redis: Any = FakeRedis({module.DEAD_LETTERS: 5, module.PARKED: 6, module.WAITING: 8})
    monkeypatch.setattr(module, "stream_stats", look)
    monkeypatch.setattr(module, "memory_of", memory_of)
    monitor = StreamMonitor(FakeService("back-postgres"), redis, ["events:user"])
    monkeypatch.setattr(monitor, "_trimmer", SimpleNamespace(trim=trim))
    monkeypatch.setattr(monitor, "_memory", SimpleNamespace(update=noted.append))
    await monitor.streams()

    assert [shown(f"events_{what}") for what in ("dead_letters", "aside", "waiting")] == [5, 6, 8]
    assert shown("events_stream_length", stream="events:user") == 11
    of_group = {"stream": "events:user", "group": "mail"}
    figures = [shown(f"events_group_{what}", **of_group) for what in ("lag", "pending", "oldest_pending_seconds")]
    assert figures == [4, 2, 9.0]
    assert (kept, noted) == (["events:user"], ["memory"])
    assert ("XRANGE", module.WAITING, "-", "+", "COUNT", 1_000) in redis.calls
