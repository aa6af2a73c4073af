"""The relay: nothing is marked that was not appended, and what fails is tried again."""

import asyncio
from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from events import backpressure, publisher
from events import relay as module
from events.backpressure import Backpressure
from events.publisher import OutboxPublisher
from events.relay import Relay
from tests.fakes import FakeService
from tests.samples import registered

from back_redis.streams import Message
from shared.models.events import Event
from shared.utils.errors import Unavailable
from tests.waiting import until

MOST = 1000
CLAIM, WAIT = ("POST /internal/outbox/" + end for end in ("claim", "wait"))


class FakeWriter:
    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.errors: list[Exception] = []
        self.refused: dict[str, str] = {}
        self.unhandled = 0

    @property
    def ids(self) -> list[str]:
        return [orjson.loads(message.text)["id"] for message in self.sent]

    async def send(self, messages: Sequence[Message]) -> list[str | None]:
        if self.errors:
            raise self.errors.pop()
        refusals = [self.refused.get(orjson.loads(message.text)["id"]) for message in messages]
        self.sent += [message for message, refusal in zip(messages, refusals, strict=True) if refusal is None]
        return refusals

    async def backlogs(self, streams: Sequence[str]) -> dict[str, int]:
        return dict.fromkeys(streams, self.unhandled)


def outbox(*events: Event) -> FakeService:
    """Gives `events` out until they are marked as published, or have failed."""
    waiting = {event.id: event for event in events}

    def claim(asked: Any) -> Any:
        for event_id in [*asked["published"], *(failure["id"] for failure in asked["failed"])]:
            waiting.pop(event_id, None)
        return {"items": [event.model_dump(mode="json") for event in waiting.values()]}

    return FakeService("back-postgres", {CLAIM: claim, WAIT: {"pending": False}})


def publisher_of(postgres: FakeService, writer: FakeWriter, *, lease_seconds: int = 10) -> OutboxPublisher:
    return OutboxPublisher(postgres, writer, Backpressure(writer.backlogs, MOST), asyncio.Lock(), lease_seconds)


async def test_a_batch_is_sent_in_order_then_marked_with_the_next_claim() -> None:
    events = [registered() for _ in range(3)]
    postgres = outbox(*events)
    writer = FakeWriter()
    batches = publisher_of(postgres, writer)
    assert await batches.publish_batch() == 3
    assert writer.ids == [event.id for event in events]
    assert {message.stream for message in writer.sent} == {"events:user"}
    assert Event.model_validate_json(writer.sent[0].text) == events[0]
    assert postgres.made(CLAIM)[0]["published"] == []
    assert await batches.publish_batch() == 0
    assert postgres.made(CLAIM)[1]["published"] == writer.ids


async def test_what_could_not_be_sent_is_not_marked() -> None:
    postgres = outbox(registered())
    writer = FakeWriter()
    writer.errors = [Unavailable(dependency="back-redis")]
    batches = publisher_of(postgres, writer)
    with pytest.raises(Unavailable):
        await batches.publish_batch()
    assert await batches.publish_batch() == 1
    assert [claim["published"] for claim in postgres.made(CLAIM)] == [[], []]


async def test_what_is_refused_is_reported_and_stops_no_other() -> None:
    poison = registered()
    good = registered()
    postgres = outbox(poison, good)
    writer = FakeWriter()
    writer.refused = {poison.id: "it is too long"}
    batches = publisher_of(postgres, writer)
    await batches.publish_batch()
    await batches.publish_batch()
    assert writer.ids == [good.id]
    body = postgres.made(CLAIM)[1]
    assert (body["published"], body["failed"]) == ([good.id], [{"id": poison.id, "error": "it is too long"}])


async def test_an_outcome_that_did_not_arrive_is_reported_again() -> None:
    event = registered()
    postgres = outbox(event)
    writer = FakeWriter()
    batches = publisher_of(postgres, writer)
    await batches.publish_batch()
    answer, postgres.replies[CLAIM] = postgres.replies[CLAIM], Unavailable(dependency="postgres")
    with pytest.raises(Unavailable):
        await batches.publish_batch()
    postgres.replies[CLAIM] = answer
    assert await batches.publish_batch() == 0
    assert [claim["published"] for claim in postgres.made(CLAIM)] == [[], [event.id], [event.id]]


async def test_a_claim_that_took_too_long_is_not_used() -> None:
    postgres = outbox(registered())
    writer = FakeWriter()
    await publisher_of(postgres, writer, lease_seconds=publisher.APPEND_SECONDS).publish_batch()
    assert writer.sent == []


async def test_families_whose_consumers_are_far_behind_are_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backpressure, "CHECK_SECONDS", 0)
    postgres = outbox(registered())
    writer = FakeWriter()
    batches = publisher_of(postgres, writer)
    claimed: list[list[str]] = []
    for writer.unhandled in (MOST, MOST + 1, MOST // 2 + 1, 0):
        await batches.publish_batch()
        await batches.publish_batch()
        claimed.append(postgres.made(CLAIM)[-1]["held"])
        postgres.replies |= outbox(registered()).replies
    assert claimed == [[], ["user"], ["user"], []]


async def test_it_goes_on_after_failures_and_waits_when_there_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_PAUSE_SECONDS", 0.01)
    postgres = outbox(registered())
    writer = FakeWriter()
    writer.errors = [Unavailable(dependency="back-redis") for _ in range(3)]
    running = asyncio.create_task(Relay(postgres, writer, most_unhandled=MOST, lease_seconds=7).run())
    await until(lambda: postgres.made(WAIT), "it waits for more")
    running.cancel()
    assert len(writer.sent) == 1


async def test_it_waits_no_longer_than_a_lease_whose_end_notifies_nobody() -> None:
    postgres = outbox()
    running = asyncio.create_task(Relay(postgres, FakeWriter(), most_unhandled=MOST, lease_seconds=7).run())
    await until(lambda: postgres.made(WAIT), "it waits for more")
    running.cancel()
    assert postgres.made(WAIT)[0] == {"timeout": "7"}
