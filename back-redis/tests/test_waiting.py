"""A peer that fails for one event only, or for all: nobody waits behind somebody else's event, and nothing floods the dead letters."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from back_redis.admin import EventAdmin
from back_redis.connection import RedisConnection
from back_redis.consumers import ConsumerGroup, RetryPolicy
from back_redis.streams import StreamWriter
from back_redis.waiting import WAITING, WaitingList, Waits
from shared.models.event_streams import DeadLetter
from shared.models.events import Event
from shared.utils.errors import TooManyRequests, Unavailable
from shared.utils.failures import ItemFailed, ItemRefused, PeerFailed, record_answer
from shared.utils.ids import new_id
from tests.waiting import until

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]
AWAY = Unavailable(dependency="mail")


def event_of(person: str, number: int = 0) -> Event:
    now = datetime.now(UTC)
    return Event(
        id=new_id(), type="user.registered", aggregate_id=person, user_id=person, occurred_at=now, data={"n": number}
    )


class Peer:
    """A peer that serves everybody but the people in `sick`."""

    def __init__(self) -> None:
        self.sick: dict[str, Exception] = {}
        self.error: Exception | None = None
        self.answers = "mail"
        self.tries: Counter[str] = Counter()
        self.handled: list[tuple[str, int]] = []

    async def __call__(self, event: Event) -> None:
        self.tries[event.aggregate_id] += 1
        if error := self.error or self.sick.get(event.aggregate_id):
            raise error
        record_answer(self.answers)
        self.handled.append((event.aggregate_id, event.data["n"]))


@asynccontextmanager
async def running(
    connect: Connect, peer: Peer, waits: Waits | None = None, wait_seconds: float = 0.3
) -> AsyncGenerator[None]:
    group = ConsumerGroup(
        connect("back-workers"),
        group="mail",
        streams=["events:user"],
        consumer=new_id(),
        claim_seconds=0.5,
        wait_seconds=wait_seconds,
        retry=RetryPolicy(attempts=3, first_seconds=0.05, longest_seconds=0.1),
        waits=waits,
    )
    task = asyncio.create_task(group.run(peer))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def list_dead_letters(connect: Connect, kind: Any) -> list[DeadLetter]:
    return (await EventAdmin(connect("back-api")).list_dead_letters(kind, limit=50, cursor=None)).items


def has(connect: Connect, kind: str, count: int) -> Callable[[], Coroutine[Any, Any, list[DeadLetter] | None]]:
    async def look() -> list[DeadLetter] | None:
        found = await list_dead_letters(connect, kind)
        return found if len(found) == count else None

    return look


async def is_empty(connect: Connect, kind: str) -> bool:
    return not await list_dead_letters(connect, kind)


@pytest.mark.parametrize(
    "error",
    [AWAY, PeerFailed(dependency="mail"), TooManyRequests(), ItemFailed("450", dependency="mail"), KeyError("x")],
)
async def test_one_sick_event_holds_up_nobody_else_and_becomes_a_dead_letter(
    connect: Connect, error: Exception
) -> None:
    peer = Peer()
    peer.sick["ann"] = error
    if isinstance(error, TooManyRequests):
        error.peer = "mail"  # pyright: ignore[reportAttributeAccessIssue]
    async with running(connect, peer):
        await StreamWriter(connect("back-workers")).append(event_of("ann"), event_of("bob"), event_of("cleo"))
        await until(lambda: len(peer.handled) == 2, "the others are served")
        (letter,) = await until(has(connect, "dead", 1), "the sick one is a dead letter") or []
    assert letter.event
    assert letter.event.aggregate_id == "ann"
    assert peer.tries["ann"] >= 3
    assert await list_dead_letters(connect, "waiting") == []


async def test_what_is_refused_is_a_dead_letter_at_once(connect: Connect) -> None:
    peer = Peer()
    peer.sick["ann"] = ItemRefused("550", dependency="mail")
    async with running(connect, peer):
        await StreamWriter(connect("back-workers")).append(event_of("ann"), event_of("bob"))
        (letter,) = await until(has(connect, "dead", 1), "a dead letter") or []
    assert (peer.tries["ann"], letter.error) == (1, "ItemRefused: 550")


async def test_while_a_peer_is_away_for_all_nothing_is_lost_and_the_waiting_is_shown(connect: Connect) -> None:
    peer = Peer()
    waits = Waits()
    peer.error = AWAY
    people = [f"p{number}" for number in range(30)]
    async with running(connect, peer, waits):
        await StreamWriter(connect("back-workers")).append(*(event_of(person) for person in people))
        (letter,) = await until(has(connect, "waiting", 1), "the first event is shown") or []
        with pytest.raises(Unavailable, match=r"mail waits for mail since .* on user.registered"):
            await waits.check()
        await until(lambda: len(peer.tries) > 3, "others are tried, one at a time")
        assert (letter.group, letter.error) == ("mail", "waits for mail")
        peer.error = None
        await until(lambda: len(peer.handled) == 30, "all are served")
        await until(lambda: is_empty(connect, "waiting"), "nothing is shown any more")
    await waits.check()
    assert await list_dead_letters(connect, "dead") == []


@pytest.mark.parametrize("error", [PeerFailed(dependency="mail"), ItemFailed("451", dependency="mail")])
async def test_a_peer_that_fails_for_everybody_counts_as_away(connect: Connect, error: Exception) -> None:
    peer = Peer()
    peer.error = error
    async with running(connect, peer):
        await StreamWriter(connect("back-workers")).append(*(event_of(f"p{number}") for number in range(30)))
        await until(has(connect, "waiting", 1), "one is shown")
        peer.error = None
        await until(lambda: len(peer.handled) == 30, "all are served")
        await until(lambda: is_empty(connect, "waiting"), "nothing is shown any more")
    assert await list_dead_letters(connect, "dead") == []


async def test_a_waiting_event_that_is_discarded_is_not_tried_again(connect: Connect) -> None:
    peer = Peer()
    peer.sick["ann"] = AWAY
    async with running(connect, peer):
        await StreamWriter(connect("back-workers")).append(event_of("ann"))
        (letter,) = await until(has(connect, "waiting", 1), "it is shown") or []
        await EventAdmin(connect("back-api")).discard("waiting", letter.id, _build_event)

        async def given_up() -> bool:
            return (await connect("tests").call("XPENDING", "events:user", "mail"))[0] == 0

        await until(given_up, "the group has given it up")
        tries = peer.tries["ann"]
        await StreamWriter(connect("back-workers")).append(event_of("bob"))
        await until(lambda: peer.handled == [("bob", 0)], "another one is served")
    assert peer.tries["ann"] == tries
    assert await connect("tests").call("EXISTS", "events:discarded") == 0
    assert await list_dead_letters(connect, "dead") == []


async def test_what_was_discarded_while_its_consumer_was_dead_is_not_taken_over(connect: Connect) -> None:
    peer = Peer()
    heir = Peer()
    peer.error = AWAY
    async with running(connect, peer):
        await StreamWriter(connect("back-workers")).append(event_of("ann"))
        (letter,) = await until(has(connect, "waiting", 1), "it is shown") or []
        await connect("tests").call("XADD", WAITING, "*", *_shown(letter))  # as a process leaves it that is killed
    left, *_ = await list_dead_letters(connect, "waiting")
    await EventAdmin(connect("back-api")).discard("waiting", left.id, _build_event)
    async with running(connect, heir):
        await StreamWriter(connect("back-workers")).append(event_of("bob"))
        await until(lambda: heir.handled == [("bob", 0)], "another one is served")
        await until(lambda: _unfinished(connect, 0), "the discarded one is given up")
    assert heir.tries["ann"] == 0


async def test_order_holds_for_each_person_while_others_go_on(connect: Connect) -> None:
    peer = Peer()
    peer.answers = "another peer"  # nothing shows that the peer of the sick one serves anybody
    peer.sick["ann"] = AWAY
    async with running(connect, peer, wait_seconds=0.2):
        await StreamWriter(connect("back-workers")).append(
            event_of("ann", 1), event_of("ann", 2), event_of("bob", 1), event_of("bob", 2)
        )
        await until(lambda: ("bob", 2) in peer.handled, "the other one is served")
        peer.sick.clear()
        await until(lambda: ("ann", 2) in peer.handled, "all are served")
    assert peer.handled == [("bob", 1), ("bob", 2), ("ann", 1), ("ann", 2)]


async def test_a_letter_of_a_process_that_died_is_tidied_away(connect: Connect) -> None:
    peer = Peer()
    async with running(connect, peer):
        await StreamWriter(connect("back-workers")).append(event_of("ann"))
        await until(lambda: len(peer.handled) == 1, "it is handled")
    fields = {"event": "{}", "stream": "events:user", "entry": "1-1", "group": "mail", "error": "x", "deliveries": "1"}
    await connect("back-workers").call("XADD", WAITING, "*", *(part for pair in fields.items() for part in pair))
    assert await WaitingList(connect("back-workers")).tidy() == 1
    assert await list_dead_letters(connect, "waiting") == []


def _build_event(_: DeadLetter) -> Event:
    return event_of("admin").model_copy(update={"type": "event.letter_discarded"})


async def _unfinished(connect: Connect, count: int) -> bool:
    return (await connect("tests").call("XPENDING", "events:user", "mail"))[0] == count


def _shown(letter: DeadLetter) -> tuple[str, ...]:
    known = {"event": letter.text, "stream": letter.stream, "entry": letter.entry_id, "group": letter.group}
    return tuple(part for pair in (known | {"error": letter.error, "deliveries": "1"}).items() for part in pair)
