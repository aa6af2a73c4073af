"""When the relay's second lane helps, when it waits, and that a lane says whether it holds a claim."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from events import relay as module
from events.backpressure import Backlog
from events.publisher import Lane
from events.relay import MANY, Relay
from tests.events.test_relay import CLAIM, MOST, WAIT, FakeWriter, lane_of, outbox
from tests.fakes import FakeService
from tests.samples import registered

from shared.utils.errors import Unavailable
from tests.waiting import until


async def relayed(postgres: FakeService, writer: FakeWriter) -> None:
    """The relay runs until it waits for more."""
    running = asyncio.create_task(Relay(postgres, writer, most_unhandled=MOST, lease_seconds=7).run())
    await until(lambda: postgres.made(WAIT), "it waits for more")
    running.cancel()


def lanes(postgres: FakeService) -> int:
    """How many lanes have claimed."""
    return len({claim["relay"] for claim in postgres.made(CLAIM)})


@pytest.mark.parametrize(("events", "used"), [(MANY - 1, 1), (MANY, 2)])
async def test_the_second_lane_helps_with_a_full_batch_only(events: int, used: int) -> None:
    postgres = outbox(*(registered() for _ in range(events)))
    await relayed(postgres, FakeWriter())
    assert lanes(postgres) == used


async def test_a_second_lane_that_failed_is_asked_again_until_its_claim_is_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both lanes hold a claim when back-redis goes away; afterwards each has told what became of it."""
    monkeypatch.setattr(module, "LONGEST_PAUSE_SECONDS", 0.01)
    claims: dict[str, int] = {}
    ready = [registered() for _ in range(MANY)]

    def claim(asked: Any) -> Any:
        claims[asked["relay"]] = claims.get(asked["relay"], 0) + 1
        events = ready if len(claims) == 1 and claims[asked["relay"]] == 1 else []
        if len(claims) == 2 and claims[asked["relay"]] == 1:
            events = [registered()]
        return {"items": [event.model_dump(mode="json") for event in events]}

    postgres, writer = FakeService("back-postgres", {CLAIM: claim, WAIT: {"pending": False}}), FakeWriter()
    sends = 0
    send = writer.send

    async def flaky(messages: Any) -> list[str | None]:
        nonlocal sends
        sends += 1
        if sends == 2:
            raise Unavailable(dependency="back-redis")
        return await send(messages)

    monkeypatch.setattr(writer, "send", flaky)
    await relayed(postgres, writer)
    assert len(claims) == 2
    assert min(claims.values()) >= 2


async def test_a_lane_holds_a_claim_from_events_until_an_empty_one() -> None:
    postgres, writer = outbox(registered()), FakeWriter()
    lane = lane_of(postgres, writer)
    assert not lane.holds
    await lane.step()
    assert lane.holds
    await lane.step()
    assert not lane.holds


async def test_a_drained_lane_has_told_what_became_of_all() -> None:
    events = [registered() for _ in range(3)]
    postgres, writer = outbox(*events), FakeWriter()
    lane: Lane = lane_of(postgres, writer)
    await lane.drain()
    assert postgres.made(CLAIM)[-1]["published"] == [event.id for event in events]
    assert not lane.holds


async def test_it_does_not_wait_for_a_commit_while_a_family_is_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise asyncio.CancelledError

    monkeypatch.setattr(module, "asyncio", SimpleNamespace(sleep=sleep, Lock=asyncio.Lock, gather=asyncio.gather))
    monkeypatch.setattr(Backlog, "holding", property(lambda _: True))
    postgres = outbox()
    with pytest.raises(asyncio.CancelledError):
        await Relay(postgres, FakeWriter(), most_unhandled=MOST, lease_seconds=7).run()
    assert pauses == [module.HELD_SECONDS] * 3
    assert not postgres.made(WAIT)


async def test_pauses_after_failures_double_up_to_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 8:
            raise asyncio.CancelledError

    monkeypatch.setattr(module, "asyncio", SimpleNamespace(sleep=sleep, Lock=asyncio.Lock, gather=asyncio.gather))
    postgres = FakeService("back-postgres", {CLAIM: Unavailable(dependency="postgres")})
    with pytest.raises(asyncio.CancelledError):
        await Relay(postgres, FakeWriter(), most_unhandled=MOST, lease_seconds=7).run()
    assert pauses == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]
