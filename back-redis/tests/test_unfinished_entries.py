"""What a consumer keeps, puts off and takes over: the commands that it sends, to a fake connection with a fake clock."""

import random
from collections import deque
from datetime import UTC, datetime
from typing import Any
from unittest.mock import Mock

import pytest

from back_redis import consumers, handling, retries
from back_redis.breaker import STREAK, Breaker, others
from back_redis.consumers import ConsumerGroup
from back_redis.retries import FOREVER, Retries, RetryPolicy
from back_redis.streams import Entry
from shared.models.events import Event
from shared.utils.failures import Verdict
from shared.utils.ids import new_id


class Clock:
    seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


class FakeConnection:
    """`back_redis.connection.RedisConnection`: answers by the name of the command, and remembers what it was sent."""

    def __init__(self, **replies: Any) -> None:
        self.replies = replies
        self.calls = list[tuple[Any, ...]]()

    async def call(self, *command: Any) -> Any:
        self.calls.append(command)
        reply = self.replies.get(command[0], [])
        return reply(*command[1:]) if callable(reply) else reply

    wait = call

    def sent(self, name: str) -> list[tuple[Any, ...]]:
        return [command for command in self.calls if command[0] == name]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (consumers, handling, retries):
        monkeypatch.setattr(module, "monotonic", clock)
    return clock


def entry(entry_id: str, stream: str = "events:user", whose: str = "ann") -> Entry:
    event = Event.model_validate(
        {
            "id": new_id(),
            "type": "user.registered",
            "aggregate_id": whose,
            "occurred_at": datetime.now(UTC),
            "data": {},
        }
    )
    return Entry(stream, entry_id, event, event.model_dump_json())


def delivered(*entries: Entry) -> list[Any]:
    """As XREADGROUP returns them."""
    return [(each.stream, [(each.id, {"event": each.text})]) for each in entries]


def retries_over(connection: FakeConnection, policy: RetryPolicy | None = None) -> Retries:
    redis: Any = connection
    return Retries(redis, "mail", "c1", policy or RetryPolicy(first_seconds=4.0))


def group(connection: FakeConnection, claim_seconds: float = 30.0) -> ConsumerGroup:
    redis: Any = connection
    streams = ["events:user", "events:invoice"]
    return ConsumerGroup(redis, group="mail", streams=streams, consumer="c1", claim_seconds=claim_seconds)


def test_pauses_double_up_to_the_longest_and_are_cut_by_up_to_a_half(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = RetryPolicy(first_seconds=1.0, longest_seconds=15.0)
    for chance, share in ((0.0, 0.5), (1.0, 1.0)):

        def uniform(low: float, high: float, chance: float = chance) -> float:
            return low + (high - low) * chance

        monkeypatch.setattr(random, "uniform", uniform)
        assert [policy.pause(n) for n in range(1, 7)] == [share * seconds for seconds in (1, 2, 4, 8, 15, 15)]


async def test_an_entry_comes_again_when_its_pause_is_over_and_not_before(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RetryPolicy, "pause", Mock(return_value=4.0))
    connection = FakeConnection(XCLAIM=[("1-0", {"event": "{}"})])
    waiting = retries_over(connection)
    waiting.schedule(entry("1-0"), 1)
    assert waiting.seconds_to_next() == 4.0
    clock.seconds += 3.9
    assert await waiting.due() == []
    assert connection.calls == []
    clock.seconds += 0.1
    assert [each.id for each in await waiting.due()] == ["1-0"]
    assert connection.calls == [("XCLAIM", "events:user", "mail", "c1", 2_000, "1-0")]
    assert await waiting.due() == []
    assert waiting.seconds_to_next() == FOREVER


async def test_what_another_consumer_has_taken_does_not_come_again(clock: Clock) -> None:
    waiting = retries_over(FakeConnection(XCLAIM=[]))
    waiting.schedule(entry("1-0"), 1)
    clock.seconds += 4
    assert await waiting.due() == []
    assert waiting.seconds_to_next() == FOREVER


async def test_what_is_handled_already_is_not_put_off_any_more(clock: Clock) -> None:
    connection = FakeConnection()
    waiting = retries_over(connection)
    for entry_id in ("1-0", "2-0"):
        waiting.schedule(entry(entry_id), 1)
    waiting.discard([entry("1-0"), entry("3-0")])
    clock.seconds += 4
    await waiting.due()
    assert [command[-1] for command in connection.calls] == ["2-0"]


@pytest.mark.parametrize(("deliveries", "is_last"), [(4, False), (5, True), (6, True)])
def test_the_fifth_attempt_is_the_last(deliveries: int, is_last: bool) -> None:
    assert retries_over(FakeConnection()).exhausted(deliveries) is is_last


async def test_deliveries_are_those_of_the_entry() -> None:
    connection = FakeConnection(XPENDING=[["1-0", "c1", 10, 3]])
    assert await retries_over(connection).deliveries(entry("1-0")) == 3
    assert connection.calls == [("XPENDING", "events:user", "mail", "1-0", "1-0", 1)]
    assert await retries_over(FakeConnection(XPENDING=[])).deliveries(entry("1-0")) == 0


async def test_a_slow_batch_is_kept_each_stream_with_its_own_entries(clock: Clock) -> None:
    entries = [entry("1-0"), entry("7-0", "events:invoice"), entry("2-0")]
    connection = FakeConnection(XREADGROUP=delivered(*entries), XAUTOCLAIM=["0-0", []])

    async def slow(_: Event) -> None:
        clock.seconds += 11

    assert await group(connection).step(slow) == 3
    kept = {command for command in connection.sent("XCLAIM") if command[-1] == "JUSTID"}
    assert ("XCLAIM", "events:invoice", "mail", "c1", 0, "7-0", "JUSTID") in kept
    assert ("XCLAIM", "events:user", "mail", "c1", 0, "2-0", "JUSTID") in kept
    assert not any(command[1] == "events:invoice" and {"1-0", "2-0"} & {*command} for command in kept)
    assert not any(command[1] == "events:user" and "7-0" in command for command in kept)


async def test_a_quick_batch_needs_no_keeping(clock: Clock) -> None:
    entries = [entry(f"{n}-0") for n in range(3)]
    connection = FakeConnection(XREADGROUP=delivered(*entries), XAUTOCLAIM=["0-0", []])

    async def quick(_: Event) -> None:
        clock.seconds += 3

    await group(connection).step(quick)
    assert connection.sent("XCLAIM") == []
    assert [command[-1] for command in connection.sent("XACK")] == ["0-0", "1-0", "2-0"]


async def test_what_others_left_is_looked_for_three_times_in_the_claim_s_time(clock: Clock) -> None:
    connection = FakeConnection(XAUTOCLAIM=["0-0", []])
    consumer = group(connection)
    looks: list[int] = []
    for seconds in (0, 9.9, 0.1, 9.9, 0.1):
        clock.seconds += seconds
        await consumer.claim()
        looks.append(len(connection.sent("XAUTOCLAIM")) // 3)
    assert looks == [1, 1, 2, 2, 3]
    assert connection.sent("XAUTOCLAIM")[0] == (
        "XAUTOCLAIM", "events:user", "mail", "c1", 30_000, "0-0", "COUNT", handling.BATCH
    )  # fmt: skip


async def test_a_claim_goes_on_where_the_server_stopped_looking(clock: Clock) -> None:
    found = entry("9-0")

    def look(stream: str, *more: Any) -> list[Any]:
        if stream != "events:user":
            return ["0-0", []]
        return ["5-0", []] if more[3] == "0-0" else ["0-0", [(found.id, {"event": found.text})]]

    connection = FakeConnection(XAUTOCLAIM=look, SISMEMBER=0)
    consumer = group(connection)
    assert [each.id for each in await consumer.claim()] == ["9-0"]
    assert [command[5] for command in connection.sent("XAUTOCLAIM")[:2]] == ["0-0", "5-0"]
    await consumer.claim()
    assert len(connection.sent("XAUTOCLAIM")) == 8, "after a find it looks again at once"


async def test_reading_waits_until_the_next_retry_at_most_five_seconds(clock: Clock) -> None:
    connection = FakeConnection(XREADGROUP=None, XAUTOCLAIM=["0-0", []])
    consumer = group(connection)
    assert await consumer.read() == []
    command = connection.calls[0]
    assert command[command.index("BLOCK") + 1] == 5_000
    assert command[command.index("STREAMS") + 1 :] == (
        "events:user", "events:invoice", "events:replay:mail", ">", ">", ">"
    )  # fmt: skip


def test_a_peer_counts_as_away_when_it_fails_for_five_events_in_a_row() -> None:
    breaker = Breaker()
    opens = [breaker.opens(Verdict.FAILED, "smtp", entry(f"{n}-0")) for n in range(STREAK)]
    assert opens == [False] * (STREAK - 1) + [True]
    breaker.answered(["other"])
    assert breaker.opens(Verdict.FAILED, "smtp", entry("8-0"))
    breaker.answered(["smtp"])
    assert not breaker.opens(Verdict.FAILED, "smtp", entry("9-0"))


def test_one_event_that_fails_often_says_nothing_about_its_peer() -> None:
    breaker = Breaker()
    assert not any(breaker.opens(Verdict.FAILED, "smtp", entry("1-0")) for _ in range(STREAK + 1))
    assert not any(breaker.opens(Verdict.FAILED, "", entry(f"{n}-0")) for n in range(STREAK + 1))


def test_a_peer_that_is_away_opens_at_once_but_not_for_a_suspect() -> None:
    breaker = Breaker()
    assert breaker.opens(Verdict.AWAY, "smtp", entry("1-0"))
    breaker.suspect(entry("1-0"))
    assert not breaker.opens(Verdict.AWAY, "smtp", entry("1-0"))
    assert breaker.opens(Verdict.AWAY, "smtp", entry("2-0"))


def test_of_those_behind_the_first_each_person_s_earliest_may_go_ahead() -> None:
    queue = deque(entry(f"{n}-0", whose=whose) for n, whose in enumerate(["ann", "bob", "ann", "bob", "eve"], 1))
    assert [each.id for each in others(queue)] == ["2-0", "5-0"]
