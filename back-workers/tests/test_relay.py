"""The relay: nothing is marked that was not appended, and what fails is tried again."""

import asyncio
from typing import Any

import pytest
from relay import relay as module
from relay.relay import Relay
from tests.fakes import FakeService
from tests.samples import registered

from shared.models.events import Event
from shared.utils.errors import Unavailable
from tests.waiting import until

CLAIM, MARK, WAIT = ("POST /internal/outbox/" + end for end in ("claim", "published", "wait"))


class FakeWriter:
    def __init__(self) -> None:
        self.appended: list[Event] = []
        self.errors: list[Exception] = []

    async def append(self, *events: Event) -> list[str]:
        if self.errors:
            raise self.errors.pop()
        self.appended += events
        return ["0-1" for _ in events]


def outbox(*events: Event) -> FakeService:
    """Gives `events` out until they are marked as published."""
    waiting = {event.id: event for event in events}

    def claim(_: Any) -> Any:
        return {"items": [event.model_dump(mode="json") for event in waiting.values()]}

    def mark(body: Any) -> None:
        for event_id in body["ids"]:
            waiting.pop(event_id, None)

    return FakeService("back-postgres", {CLAIM: claim, MARK: mark, WAIT: {"pending": False}})


async def test_a_batch_is_appended_in_order_then_marked() -> None:
    events = [registered() for _ in range(3)]
    postgres, writer = outbox(*events), FakeWriter()
    assert await Relay(postgres, writer).step() == 3
    assert [event.id for event in writer.appended] == [event.id for event in events]
    assert postgres.made(MARK)[0]["ids"] == [event.id for event in events]


async def test_what_could_not_be_appended_is_not_marked() -> None:
    postgres, writer = outbox(registered()), FakeWriter()
    writer.errors = [Unavailable(dependency="back-redis")]
    with pytest.raises(Unavailable):
        await Relay(postgres, writer).step()
    assert postgres.made(MARK) == []


async def test_it_goes_on_after_failures_and_waits_when_there_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_PAUSE_SECONDS", 0.01)
    postgres, writer = outbox(registered()), FakeWriter()
    writer.errors = [Unavailable(dependency="back-redis") for _ in range(3)]
    running = asyncio.create_task(Relay(postgres, writer).run())
    await until(lambda: postgres.made(WAIT), "it waits for more")
    running.cancel()
    assert len(writer.appended) == 1
