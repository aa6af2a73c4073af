"""The relay's way into the streams, and how these are kept short."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from back_redis import trimmer as module
from back_redis.connection import RedisConnection
from back_redis.consumers import ConsumerGroup
from back_redis.stream_info import stream_stats
from back_redis.streams import LONGEST_EVENT, Message, StreamWriter
from back_redis.tests.server import RedisServer
from back_redis.trimmer import StreamTrimmer
from shared.models.events import Event
from shared.utils.errors import Unavailable
from shared.utils.ids import new_id

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]
USER = "events:user"


def event(number: int = 0) -> Event:
    return Event(
        id=new_id(), type="user.registered", aggregate_id="a", occurred_at=datetime.now(UTC), data={"n": number}
    )


def message(aggregate: str, text: bytes = b"{}", stream: str = USER) -> Message:
    return Message(stream, aggregate, text)


async def texts(connect: Connect, stream: str = USER) -> list[str]:
    return [fields["event"] for _, fields in await connect("tests").call("XRANGE", stream, "-", "+")]


async def reader(connect: Connect, group: str = "mail") -> ConsumerGroup:
    made = ConsumerGroup(connect("back-workers"), group=group, streams=[USER], consumer="c1")
    await made.create()
    return made


async def handled(_: Event) -> None: ...


async def test_messages_are_appended_in_order(connect: Connect) -> None:
    messages = [message("a", str(n).encode()) for n in range(5)]
    assert await StreamWriter(connect("back-workers")).send(messages) == [None] * 5
    assert await texts(connect) == [*"01234"]


async def test_one_that_is_too_long_is_refused_with_what_follows_of_its_aggregate(connect: Connect) -> None:
    long = b"x" * (LONGEST_EVENT + 1)
    sent = await StreamWriter(connect("back-workers")).send(
        [message("a", b"1"), message("b", long), message("a", b"2"), message("b", b"3")]
    )
    assert sent == [
        None,
        "it has 262145 bytes, and may have 262144",
        None,
        "waits for an earlier event of its aggregate",
    ]
    assert await texts(connect) == ["1", "2"]


async def test_a_stream_that_refuses_stops_no_other(connect: Connect) -> None:
    await connect("tests").call("SET", "events:odd", "not a stream")
    first, second = await StreamWriter(connect("back-workers")).send(
        [message("a", b"1", "events:odd"), message("b", b"2")]
    )
    assert first
    assert "WRONGTYPE" in first
    assert second is None
    assert "2" in await texts(connect)


async def test_a_full_server_takes_nothing_and_all_of_it_later(connect: Connect, server: RedisServer) -> None:
    writer = StreamWriter(connect("back-workers"))
    messages = [message("a", str(n).encode()) for n in range(3)]
    with server.administrator() as administrator:
        administrator.config_set("maxmemory", 1)  # pyright: ignore[reportUnknownMemberType]
        with pytest.raises(Unavailable):
            await writer.send(messages)
        with pytest.raises(Unavailable):
            await writer.send(messages[:1])
        administrator.config_set("maxmemory", "256mb")  # pyright: ignore[reportUnknownMemberType]
    assert await writer.send(messages) == [None] * 3
    assert await texts(connect) == [*"012"]


async def test_who_writes_directly_can_bound_a_stream(connect: Connect) -> None:
    writer = StreamWriter(connect("back-workers"), most=100)
    await writer.append(*(event(n) for n in range(500)))
    assert 100 <= await connect("tests").call("XLEN", USER) < 250


async def test_figures_show_how_far_each_group_is(connect: Connect) -> None:
    connection = connect("back-workers")
    assert await stream_stats(connection, [USER]) == []
    consumer = await reader(connect)
    await StreamWriter(connection).append(event(1), event(2), event(3))
    await consumer.read(count=2)
    (stream,) = await stream_stats(connection, [USER, "events:none"])
    (group,) = stream.groups
    assert (stream.name, stream.length, group.name) == (USER, 3, "mail")
    assert (group.consumers, group.pending, group.lag) == (1, 2, 1)
    assert stream.last_at
    assert abs((datetime.now(UTC) - stream.last_at).total_seconds()) < 60
    assert await StreamWriter(connection).backlogs([USER]) == {USER: 3}


async def test_what_all_groups_have_handled_is_trimmed_and_nothing_else(connect: Connect) -> None:
    connection = connect("back-workers")
    trimmer = StreamTrimmer(connection, kept=300)
    quick = await reader(connect, "quick")
    slow = await reader(connect, "slow")
    await StreamWriter(connection).append(*(event(n) for n in range(400)))
    assert await trimmer.trim(USER) == 0
    await StreamWriter(connection).append(*(event(n) for n in range(400)))
    while await quick.step(handled):
        pass
    assert await trimmer.trim(USER) == 0
    for _ in range(5):
        await slow.step(handled)
    assert await trimmer.trim(USER) in range(150, 251)
    while await slow.step(handled):
        pass
    await trimmer.trim(USER)
    assert await connection.call("XLEN", USER) in range(400, 501)


async def test_a_long_stream_is_short_after_one_look(connect: Connect) -> None:
    """The server trims ten thousand entries a step, and a relay appends more than that between two looks."""
    connection = connect("back-workers")
    consumer = await reader(connect)
    trimmer = StreamTrimmer(connection, kept=300)
    messages = [Message(USER, "a", event(0).model_dump_json().encode())] * 500
    for _ in range(50):
        await StreamWriter(connection).send(messages)
        await trimmer.trim(USER)
    while entries := await consumer.read(count=5000):
        await consumer.acknowledge(*entries)
    await trimmer.trim(USER)
    assert await connection.call("XLEN", USER) in range(300, 1_200)


async def test_an_entry_that_is_not_finished_stays(connect: Connect) -> None:
    connection = connect("back-workers")
    consumer = await reader(connect)
    trimmer = StreamTrimmer(connection, kept=100)
    await StreamWriter(connection).append(*(event(n) for n in range(300)))
    (first, *_) = await consumer.read(count=300)
    await trimmer.trim(USER)
    await StreamWriter(connection).append(*(event(n) for n in range(300)))
    await trimmer.trim(USER)
    assert (await connection.call("XRANGE", USER, "-", "+", "COUNT", 1))[0][0] == first.id


async def test_what_was_trimmed_too_early_is_counted_and_logged(connect: Connect) -> None:
    connection = connect("back-workers")
    consumer = await reader(connect)
    await StreamWriter(connection).append(*(event(n) for n in range(10)))
    await consumer.acknowledge(*await consumer.read(count=2))
    await connect("tests").call("XTRIM", USER, "MAXLEN", 4)
    with capture_logs() as logs:
        await StreamTrimmer(connection).trim(USER)
    assert [(line["event"], line["entries"]) for line in logs] == [("events lost", 4)]


async def test_consumers_that_are_gone_are_forgotten_once_nothing_of_theirs_is_left(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GONE_MS", -1)
    connection = connect("back-workers")
    consumer = await reader(connect)
    await StreamWriter(connection).append(event(1))
    entries = await consumer.read()
    await StreamTrimmer(connection).trim(USER)
    assert (await stream_stats(connection, [USER]))[0].groups[0].consumers == 1
    await consumer.acknowledge(*entries)
    await StreamTrimmer(connection).trim(USER)
    assert (await stream_stats(connection, [USER]))[0].groups[0].consumers == 0
