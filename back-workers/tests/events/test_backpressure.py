"""Which families wait in the outbox, and how often their streams are looked at. The clock is a fake."""

from collections.abc import Sequence

import pytest
from events import backpressure as module
from events.backpressure import Backpressure


async def test_streams_are_looked_at_once_a_second_and_only_where_something_was_appended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 1_000.0
    looks: list[list[str]] = []

    async def read(streams: Sequence[str]) -> dict[str, int]:
        looks.append(list(streams))
        return dict.fromkeys(streams, 0)

    monkeypatch.setattr(module, "monotonic", lambda: now)
    pressure = Backpressure(read, 100)
    assert await pressure.paused() == []
    pressure.appended({"events:user"})
    await pressure.paused()
    pressure.appended({"events:invoice", "events:user"})
    now += 0.9
    await pressure.paused()
    assert looks == [["events:user"]]
    now += 0.1
    await pressure.paused()
    now += 10
    await pressure.paused()
    assert looks == [["events:user"], ["events:invoice", "events:user"]]


async def test_a_family_waits_from_more_than_the_most_until_half_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    backlogs = [100, 101, 51, 50]

    async def read(streams: Sequence[str]) -> dict[str, int]:
        return dict.fromkeys(streams, backlogs.pop(0))

    monkeypatch.setattr(module, "monotonic", lambda: now)
    pressure = Backpressure(read, 100)
    paused: list[tuple[list[str], bool]] = []
    while backlogs:
        now += 1
        pressure.appended({"events:user"})
        paused.append((await pressure.paused(), pressure.is_active))
    assert paused == [([], False), (["user"], True), (["user"], True), ([], False)]
