"""How an entry leaves its group, in the commands that back-redis is sent; and how its replies are read. No server is needed."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from back_redis.breaker import MOST_SUSPECTS, Breaker
from back_redis.connection import _name, _names  # pyright: ignore[reportPrivateUsage]
from back_redis.memory import ALARM, check_room
from back_redis.retries import Retries, RetryPolicy
from back_redis.settlement import LONGEST_REASON, Settlement
from back_redis.stream_info import appended_at, stream_stats
from back_redis.streams import Entry, append_command, entries_of, event_in, pairs, replay_stream
from shared.utils.errors import Unavailable
from shared.utils.failures import Verdict

Reply = Callable[[tuple[Any, ...]], Any]


class FakeConnection:
    """Notes commands, one transaction a list, and answers with `replies` by the command's name."""

    def __init__(self, **replies: Any) -> None:
        self.replies = replies
        self.sent: list[list[tuple[Any, ...]]] = []

    async def call(self, *command: Any) -> Any:
        self.sent.append([command])
        reply = self.replies.get(command[0].lower())
        return reply(command) if callable(reply) else reply

    async def pipeline(self, *commands: tuple[Any, ...]) -> list[Any]:
        return [await self.call(*command) for command in commands]

    async def transaction(self, *commands: tuple[Any, ...]) -> list[Any]:
        self.sent.append(list(commands))
        return [None] * len(commands)


def entry(number: int = 1, stream: str = "events:user") -> Entry:
    return Entry(stream=stream, id=f"{number}-0", event=None, text=f"text {number}")


def settlement(deliveries: int = 1, *, attempts: int = 5) -> tuple[Settlement, Any, Retries]:
    connection: Any = FakeConnection(xpending=[["1-0", "c", 10, deliveries]])
    retries = Retries(connection, "mail", "c-1", RetryPolicy(attempts=attempts, first_seconds=1.0))
    return Settlement(connection, "mail", retries), connection, retries


async def test_entries_are_acknowledged_by_stream_in_one_transaction() -> None:
    settled, connection, _ = settlement()
    await settled.acknowledge(entry(1), entry(2), entry(3, "events:profile"))
    assert connection.sent == [
        [("XACK", "events:user", "mail", "1-0", "2-0"), ("XACK", "events:profile", "mail", "3-0")]
    ]


async def test_one_stream_needs_no_transaction_and_nothing_needs_nothing() -> None:
    settled, connection, _ = settlement()
    await settled.acknowledge(entry())
    await settled.acknowledge()
    assert connection.sent == [[("XACK", "events:user", "mail", "1-0")]]


async def test_what_was_replayed_leaves_its_stream() -> None:
    settled, connection, _ = settlement()
    await settled.acknowledge(entry(7, replay_stream("mail")))
    assert connection.sent == [[("XACK", "events:replay:mail", "mail", "7-0"), ("XDEL", "events:replay:mail", "7-0")]]


async def test_a_failed_entry_is_tried_again_and_a_dead_letter_in_the_end() -> None:
    settled, connection, retries = settlement(4)
    await settled.failed(entry(), ValueError("no"))
    assert 0 < retries.seconds_to_next() < 60
    settled, connection, retries = settlement(5)
    await settled.failed(entry(), ValueError("no"))
    add, acknowledged = connection.sent[-1]
    assert add[:6] == ("XADD", "events:dead", "MAXLEN", "~", 10_000, "*")
    fields = dict(zip(add[6::2], add[7::2], strict=True))
    assert fields == {
        "event": "text 1",
        "stream": "events:user",
        "entry": "1-0",
        "group": "mail",
        "error": "ValueError: no",
        "deliveries": "5",
    } | {name: fields[name] for name in fields.keys() - {"event", "stream", "entry", "group", "error", "deliveries"}}
    assert acknowledged == ("XACK", "events:user", "mail", "1-0")
    assert retries.seconds_to_next() > 3_000


async def test_a_refused_entry_is_a_dead_letter_at_its_first_delivery() -> None:
    settled, connection, _ = settlement(1)
    await settled.refused(entry(), ValueError("x" * 900))
    fields = connection.sent[-1][0][6:]
    assert fields[fields.index("deliveries") + 1] == "1"
    assert len(fields[fields.index("error") + 1]) == LONGEST_REASON


async def test_what_is_not_handled_now_is_parked() -> None:
    settled, connection, _ = settlement()
    await settled.park(entry(), "a newer version")
    add = connection.sent[-1][0]
    assert add[:6] == ("XADD", "events:aside", "MAXLEN", "~", 100_000, "*")
    assert add[add.index("error") + 1] == "a newer version"


def test_a_thousand_suspects_are_remembered_the_oldest_is_believed_again() -> None:
    breaker = Breaker()
    for number in range(MOST_SUSPECTS):
        breaker.suspect(entry(number))
    assert not breaker.opens(Verdict.AWAY, "smtp", entry(0))
    breaker.suspect(entry(MOST_SUSPECTS))
    assert breaker.opens(Verdict.AWAY, "smtp", entry(0))
    assert not breaker.opens(Verdict.AWAY, "smtp", entry(1))


def test_failures_of_nobody_in_particular_open_nothing() -> None:
    breaker = Breaker()
    assert not any(breaker.opens(Verdict.FAILED, "", entry(number)) for number in range(20))


def test_a_peer_that_answers_begins_anew() -> None:
    breaker = Breaker()
    assert not any(breaker.opens(Verdict.FAILED, "smtp", entry(number)) for number in range(4))
    breaker.answered(["smtp", "http"])
    assert [breaker.opens(Verdict.FAILED, "smtp", entry(number)) for number in range(5)] == [False] * 4 + [True]


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("PING",), "PING"),
        (("HGET", "session:family:1", "user_id"), "HGET session"),
        (("GET", "cache:back-api:profile:1"), "GET cache profile"),
        (("GET", "cache:back-api"), "GET cache"),
        (("EVAL", "script", 1, "key:1"), "EVAL"),
        (("XREADGROUP", "GROUP", "mail", "c", "STREAMS", "events:user", ">"), "XREADGROUP events"),
        (("XLEN", "plain"), "XLEN"),
    ],
)
def test_a_trace_names_the_command_and_the_family_of_its_key(command: tuple[Any, ...], name: str) -> None:
    assert _name(command) == name


def test_commands_that_look_alike_are_named_once() -> None:
    commands = [("XADD", "events:a", 1), ("XADD", "events:a", 2), ("XADD", "events:b", 1), ("DEL", "x:1")]
    assert _names(commands) == "XADD events, DEL x"


def test_replies_in_turns_are_read_as_a_mapping() -> None:
    assert pairs(["a", 1, "b", 2]) == {"a": 1, "b": 2}
    assert pairs({"a": 1}) == {"a": 1}
    with pytest.raises(ValueError, match="shorter"):
        pairs(["a", 1, "b"])


def test_entries_are_read_with_their_stream_and_what_is_no_event_keeps_its_text() -> None:
    found = entries_of([("events:a", [("1-0", {"event": "no JSON"}), ("2-0", None)]), ("events:b", [])])
    assert [(each.stream, each.id, each.event, each.text) for each in found] == [
        ("events:a", "1-0", None, "no JSON"),
        ("events:a", "2-0", None, ""),
    ]
    assert entries_of(None) == []
    assert event_in("{}") is None


def test_a_bound_stands_before_the_id() -> None:
    assert append_command("events:a", "x", ("MAXLEN", "~", 5)) == (
        "XADD",
        "events:a",
        "MAXLEN",
        "~",
        5,
        "*",
        "event",
        "x",
    )


def test_an_entrys_id_says_when_it_was_appended() -> None:
    assert appended_at("1796000000500-3") == datetime.fromtimestamp(1_796_000_000.5, UTC)


async def test_figures_of_a_stream_say_how_far_each_group_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("back_redis.stream_info.time", lambda: 1_000.0)
    groups = [
        ["name", "mail", "consumers", 2, "pending", 3, "lag", 4],
        ["name", "live", "consumers", 1, "pending", 0, "lag", None],
    ]

    def xinfo(command: tuple[Any, ...]) -> list[Any]:
        return ["length", 9, "last-entry", ["990000-0", {}]] if command[1] == "STREAM" else groups

    def xpending(command: tuple[Any, ...]) -> list[Any]:
        return [3, "940000-1", "x", []] if command[2] == "mail" else [0, None, None, None]

    def exists(command: tuple[Any, ...]) -> bool:
        return command[1] != "events:none"

    connection: Any = FakeConnection(exists=exists, xinfo=xinfo, xpending=xpending)
    (stream,) = await stream_stats(connection, ["events:none", "events:user"])
    assert (stream.name, stream.length, stream.last_at) == ("events:user", 9, datetime.fromtimestamp(990, UTC))
    mail, live = stream.groups
    assert (mail.name, mail.consumers, mail.pending, mail.lag, mail.oldest_pending_seconds) == ("mail", 2, 3, 4, 60.0)
    assert (live.lag, live.oldest_pending_seconds) == (9, 0.0)


@pytest.mark.parametrize(("used", "is_alarming"), [(899, False), (900, True), (1_000, True)])
async def test_readiness_ends_where_the_alarm_begins(used: int, is_alarming: bool) -> None:
    assert ALARM == 0.9
    connection: Any = FakeConnection(info={"used_memory": str(used), "maxmemory": "1000"})
    if is_alarming:
        with pytest.raises(Unavailable, match="full"):
            await check_room(connection)
    else:
        await check_room(connection)
