"""When the relay's second publisher helps, when it waits, and that a publisher says whether it has a claim."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from events import relay as module
from events.backpressure import Backpressure
from events.publisher import OutboxPublisher
from events.relay import MANY, Relay
from tests.events.test_relay import CLAIM, MOST, WAIT, FakeWriter, outbox, publisher_of
from tests.fakes import FakeService
from tests.samples import registered

from shared.utils.errors import Unavailable
from tests.waiting import until


async def relayed(postgres: FakeService, writer: FakeWriter) -> None:
    """The relay runs until it waits for more."""
    running = asyncio.create_task(Relay(postgres, writer, most_unhandled=MOST, lease_seconds=7).run())
    await until(lambda: postgres.made(WAIT), "it waits for more")
    running.cancel()


def publishers(postgres: FakeService) -> int:
    """How many publishers have claimed."""
    return len({claim["relay"] for claim in postgres.made(CLAIM)})


@pytest.mark.parametrize(("events", "used"), [(MANY - 1, 1), (MANY, 2)])
async def test_the_second_publisher_helps_with_a_full_batch_only(events: int, used: int) -> None:
    postgres = outbox(*(registered() for _ in range(events)))
    await relayed(postgres, FakeWriter())
    assert publishers(postgres) == used


async def test_a_second_publisher_that_failed_is_asked_again_until_its_claim_is_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both publishers hold a claim when back-redis goes away; afterwards each has reported its outcome."""
    monkeypatch.setattr(module, "LONGEST_PAUSE_SECONDS", 0.01)
    claims: dict[str, int] = {}
    ready = [registered() for _ in range(MANY)]

    def claim(asked: Any) -> Any:
        claims[asked["relay"]] = claims.get(asked["relay"], 0) + 1
        events = ready if len(claims) == 1 and claims[asked["relay"]] == 1 else []
        if len(claims) == 2 and claims[asked["relay"]] == 1:
            events = [registered()]
        return {"items": [event.model_dump(mode="json") for event in events]}

    postgres = FakeService("back-postgres", {CLAIM: claim, WAIT: {"pending": False}})
    writer = FakeWriter()
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


async def test_a_publisher_has_a_claim_from_events_until_an_empty_one() -> None:
    postgres = outbox(registered())
    writer = FakeWriter()
    batches = publisher_of(postgres, writer)
    assert not batches.has_claim
    await batches.publish_batch()
    assert batches.has_claim
    await batches.publish_batch()
    assert not batches.has_claim


async def test_a_drained_publisher_has_reported_every_outcome() -> None:
    events = [registered() for _ in range(3)]
    postgres = outbox(*events)
    writer = FakeWriter()
    batches: OutboxPublisher = publisher_of(postgres, writer)
    await batches.drain()
    assert postgres.made(CLAIM)[-1]["published"] == [event.id for event in events]
    assert not batches.has_claim


async def test_it_does_not_wait_for_a_commit_while_a_family_is_paused(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise asyncio.CancelledError

    monkeypatch.setattr(module, "asyncio", SimpleNamespace(sleep=sleep, Lock=asyncio.Lock, gather=asyncio.gather))
    monkeypatch.setattr(Backpressure, "is_active", property(lambda _: True))
    postgres = outbox()
    with pytest.raises(asyncio.CancelledError):
        await Relay(postgres, FakeWriter(), most_unhandled=MOST, lease_seconds=7).run()
    assert pauses == [module.BACKPRESSURE_SECONDS] * 3
    assert not postgres.made(WAIT)


async def test_it_pauses_from_a_tenth_of_a_second_to_five_while_a_peer_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    options: dict[str, Any] = {}

    async def retry(_: Any, **given: Any) -> None:
        options.update(given)
        raise asyncio.CancelledError

    monkeypatch.setattr(module, "retry", retry)
    with pytest.raises(asyncio.CancelledError):
        await Relay(outbox(), FakeWriter(), most_unhandled=MOST, lease_seconds=7).run()
    assert (options["first"], options["longest"]) == (0.1, 5.0)
    assert options["when"](Unavailable(dependency="postgres"))
    assert not options["when"](ValueError())
