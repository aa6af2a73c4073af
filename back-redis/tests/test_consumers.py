import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from back_redis.connection import RedisConnection
from back_redis.consumers import ConsumerGroup, RetryPolicy, UnsupportedVersion
from back_redis.streams import StreamWriter
from back_redis.tests.server import RedisServer
from shared.models.events import Event
from shared.utils import correlation
from shared.utils.errors import Unavailable
from shared.utils.ids import new_id
from tests.waiting import until

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]


def event(number: int = 0, kind: str = "user.registered") -> Event:
    return Event.model_validate(
        {"id": new_id(), "type": kind, "aggregate_id": "a", "occurred_at": datetime.now(UTC), "data": {"n": number}}
    )


def group(
    connection: RedisConnection, consumer: str = "c1", claim_seconds: float = 30.0, retry: RetryPolicy | None = None
) -> ConsumerGroup:
    streams = ["events:user", "events:invoice"]
    return ConsumerGroup(
        connection, group="mail", streams=streams, consumer=consumer, claim_seconds=claim_seconds, retry=retry
    )


class Handler:
    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.calls = 0
        self.numbers: list[int] = []

    async def __call__(self, event: Event) -> None:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        self.numbers.append(event.data["n"])


async def pending(connect: Connect) -> int:
    return (await connect("tests").call("XPENDING", "events:user", "mail"))[0]


async def test_events_arrive_in_order_and_are_acknowledged(connect: Connect) -> None:
    connection = connect("back-workers")
    await StreamWriter(connection).append(*(event(n) for n in range(20)), event(99, "invoice.issued"))
    handler = Handler()
    consumer = group(connection)
    await consumer.create()
    await consumer.create()
    assert await consumer.step(handler) == 21
    assert handler.numbers == [*range(20), 99]
    assert await pending(connect) == 0


async def test_a_batch_is_handled_and_acknowledged_together(connect: Connect) -> None:
    connection = connect("back-workers")
    batches = list[list[int]]()

    async def together(events: Sequence[Event]) -> bool:
        batches.append([event.data["n"] for event in events])
        return True

    await StreamWriter(connection).append(*(event(n) for n in range(7)))
    handler = Handler()
    consumer = group(connection)
    await consumer.create()
    assert await consumer.step(handler, handle_batch=together) == 7
    assert (batches, handler.calls) == ([[*range(7)]], 0)
    assert await pending(connect) == 0


async def test_a_batch_that_fails_is_handled_one_by_one(connect: Connect) -> None:
    connection = connect("back-workers")

    async def together(events: Sequence[Event]) -> bool:
        raise Unavailable(dependency="back-cassandra")

    await StreamWriter(connection).append(*(event(n) for n in range(3)))
    handler = Handler()
    consumer = group(connection)
    await consumer.create()
    assert await consumer.step(handler, handle_batch=together) == 3
    assert handler.numbers == [0, 1, 2]
    assert await pending(connect) == 0


async def test_back_auth_appends_login_events_only(connect: Connect) -> None:
    writer = StreamWriter(connect("back-auth"))
    assert await writer.append(event(kind="login.recorded"))
    with pytest.raises(Exception, match="went wrong"):
        await writer.append(event())


async def test_two_consumers_share_the_work(connect: Connect) -> None:
    connection = connect("back-workers")
    one = Handler()
    two = Handler()
    tasks = [asyncio.create_task(group(connection, name).run(h)) for name, h in (("c1", one), ("c2", two))]
    for n in range(50):
        await StreamWriter(connection).append(event(n))
    await until(lambda: len(one.numbers) + len(two.numbers) == 50, "all are handled")
    for task in tasks:
        task.cancel()
    assert sorted(one.numbers + two.numbers) == list(range(50))


async def test_entries_of_a_dead_consumer_are_taken_over(connect: Connect) -> None:
    connection = connect("back-workers")
    await StreamWriter(connection).append(event(1), event(2))
    dead = group(connection, "dead")
    await dead.create()
    assert len(await dead.read()) == 2
    assert await group(connection, "too early", claim_seconds=30).claim() == []
    heir = group(connection, "heir", claim_seconds=0)
    handler = Handler()
    assert await heir.step(handler) == 2
    assert handler.numbers == [1, 2]
    assert await pending(connect) == 0


async def test_missing_dependency_is_waited_for_and_order_holds(connect: Connect) -> None:
    connection = connect("back-workers")
    await StreamWriter(connection).append(event(1), event(2))
    handler = Handler(*(Unavailable(dependency="mail") for _ in range(3)))
    consumer = group(connection)
    await consumer.create()
    await consumer.step(handler)
    assert handler.numbers == [1, 2]
    assert handler.calls == 5


async def test_failing_event_is_a_dead_letter_at_its_fifth_delivery_and_stops_nobody(connect: Connect) -> None:
    connection = connect("back-workers")
    await StreamWriter(connection).append(event(1), event(2))
    handler = Handler(ValueError("poison"))
    consumer = group(connection, claim_seconds=0)
    await consumer.create()
    await consumer.step(handler)
    assert handler.numbers == [2]
    for _ in range(4):
        assert await pending(connect) == 1
        handler.errors.append(ValueError("poison"))
        await consumer.step(handler)
    assert await pending(connect) == 0
    [(_, letter)] = await connect("tests").call("XRANGE", "events:dead", "-", "+")
    assert (letter["stream"], letter["group"], letter["error"]) == ("events:user", "mail", "ValueError: poison")
    assert Event.model_validate_json(letter["event"]).data == {"n": 1}


async def test_a_failing_event_comes_again_after_growing_pauses_and_no_claim_is_needed(connect: Connect) -> None:
    connection = connect("back-workers")
    handler = Handler(*(ValueError("not yet") for _ in range(2)))
    await StreamWriter(connection).append(event(1), event(2))
    consumer = group(connection, retry=RetryPolicy(first_seconds=0.02, longest_seconds=0.05))
    await consumer.create()
    await consumer.step(handler)
    assert handler.numbers == []
    while handler.numbers != [1, 2]:
        await consumer.step(handler)
    assert handler.calls == 4
    assert await pending(connect) == 0


def test_pauses_double_up_to_the_longest_and_are_cut_by_chance() -> None:
    policy = RetryPolicy(first_seconds=1, longest_seconds=5)
    longest = [max(policy.pause(attempt) for _ in range(200)) for attempt in (1, 2, 3, 4)]
    shortest = [min(policy.pause(attempt) for _ in range(200)) for attempt in (1, 2, 3, 4)]
    assert longest == pytest.approx([1, 2, 4, 5], rel=0.1)  # pyright: ignore[reportUnknownMemberType]
    assert shortest == pytest.approx([0.5, 1, 2, 2.5], rel=0.1)  # pyright: ignore[reportUnknownMemberType]


async def test_an_event_that_another_consumer_took_meanwhile_is_not_tried_again(connect: Connect) -> None:
    connection = connect("back-workers")
    handler = Handler(ValueError("not yet"))
    await StreamWriter(connection).append(event(1))
    consumer = group(connection, claim_seconds=30, retry=RetryPolicy(first_seconds=0.05))
    await consumer.create()
    await consumer.step(handler)
    assert len(await group(connection, "heir", claim_seconds=0).claim()) == 1
    await consumer.step(handler)
    assert handler.calls == 1


async def test_an_event_of_a_newer_version_is_parked_with_its_reason(connect: Connect) -> None:
    connection = connect("back-workers")
    handler = Handler(UnsupportedVersion("mail does not know version 9"))
    newer = event(1)
    await StreamWriter(connection).append(newer, event(2))
    consumer = group(connection)
    await consumer.create()
    await consumer.step(handler)
    assert handler.numbers == [2]
    assert await pending(connect) == 0
    [(_, kept)] = await connect("tests").call("XRANGE", "events:aside", "-", "+")
    assert (kept["group"], kept["stream"], kept["error"]) == ("mail", "events:user", "mail does not know version 9")
    assert Event.model_validate_json(kept["event"]) == newer


async def test_what_is_replayed_for_a_group_is_handled_by_it_and_leaves_its_stream(connect: Connect) -> None:
    connection = connect("back-workers")
    handler = Handler()
    consumer = group(connection)
    await consumer.create()
    await connection.call("XADD", "events:replay:mail", "*", "event", event(7).model_dump_json())
    await consumer.step(handler)
    assert handler.numbers == [7]
    assert await connection.call("XLEN", "events:replay:mail") == 0


async def test_a_batch_is_handled_under_the_correlation_id_of_its_first_event(connect: Connect) -> None:
    connection = connect("back-workers")
    seen = list[str]()

    async def together(events: Sequence[Event]) -> bool:
        seen.append(correlation.current())
        return True

    first = event(1).model_copy(update={"correlation_id": "correlation-1"})
    await StreamWriter(connection).append(first, event(2))
    consumer = group(connection)
    await consumer.create()
    await consumer.step(Handler(), handle_batch=together)
    assert seen == ["correlation-1"]


async def test_an_event_of_a_type_that_nobody_knows_is_read_as_any_other(connect: Connect) -> None:
    connection = connect("back-workers")
    handler = Handler()
    consumer = group(connection)
    await consumer.create()
    await StreamWriter(connection).append(event(3, "user.teleported"), event(4))
    await consumer.step(handler)
    assert handler.numbers == [3, 4]


async def test_what_is_not_an_event_is_a_dead_letter_at_once(connect: Connect) -> None:
    connection = connect("back-workers")
    handler = Handler()
    consumer = group(connection)
    await consumer.create()
    await connection.call("XADD", "events:user", "*", "event", "{nonsense")
    await connection.call("XADD", "events:user", "*", "other", "x")
    await StreamWriter(connection).append(event(7))
    await consumer.step(handler)
    assert handler.numbers == [7]
    assert await connection.call("XLEN", "events:dead") == 2


async def test_run_survives_a_restart_and_an_emptied_server(connect: Connect, server: RedisServer) -> None:
    connection = connect("back-workers")
    handler = Handler()
    task = asyncio.create_task(group(connection).run(handler))
    await StreamWriter(connection).append(event(4))
    await until(lambda: handler.numbers == [4], "the group reads")
    with capture_logs() as logs:
        server.stop()
        await until(lambda: any(line["event"] == "stream lost" for line in logs), "the loss is noticed")
    server.start()
    await connect("tests").call("FLUSHALL")
    await StreamWriter(connection).append(event(5))
    await until(lambda: handler.numbers == [4, 5], "the group reads again")
    task.cancel()
