"""Looking at events and replaying them, with the rights of back-api."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from back_redis.admin import EventAdmin
from back_redis.connection import RedisConnection
from back_redis.consumers import ConsumerGroup, UnsupportedVersion
from back_redis.streams import StreamWriter
from shared.models.event_streams import DeadLetter, Replay
from shared.models.events import Event
from shared.utils import cursors
from shared.utils.errors import Invalid, NotFound
from shared.utils.ids import new_id
from shared.utils.masking import masked

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]
USER = "events:user"
INVOICE = "events:invoice"


def event(number: int = 0, kind: str = "user.registered") -> Event:
    data = {"n": number, "user": {"email": "ann@example.com"}}
    return Event(id=new_id(), type=kind, aggregate_id="a", occurred_at=datetime.now(UTC), data=data)


def build_event(about: DeadLetter | Replay) -> Event:
    """The event that records an act on `about`."""
    data = {"about": about.model_dump(mode="json")}
    return Event(id=new_id(), type="event.noted", aggregate_id="a", occurred_at=datetime.now(UTC), data=data)


async def noted(connect: Connect) -> list[dict[str, Any]]:
    """The events that acts have recorded, in order."""
    entries = await connect("tests").call("XRANGE", "events:event", "-", "+")
    return [Event.model_validate_json(fields["event"]).data["about"] for _, fields in entries]


class Mail:
    """A consumer group with what its handler has seen, and how it fails while it does."""

    def __init__(self, connection: RedisConnection) -> None:
        self.group = ConsumerGroup(connection, group="mail", streams=[USER], consumer="c1", claim_seconds=0)
        self.seen: list[int] = []
        self.error: Exception | None = None

    async def step(self) -> None:
        await self.group.step(self._handle)

    async def _handle(self, event: Event) -> None:
        if self.error:
            raise self.error
        self.seen.append(event.data["n"])


@pytest.fixture
async def mail(connect: Connect) -> Mail:
    made = Mail(connect("back-workers"))
    await made.group.create()
    return made


@pytest.fixture
def admin(connect: Connect) -> EventAdmin:
    return EventAdmin(connect("back-api"))


@pytest.fixture
def writer(connect: Connect) -> StreamWriter:
    return StreamWriter(connect("back-workers"))


async def test_the_newest_of_all_streams_come_first_with_masked_addresses(
    admin: EventAdmin, writer: StreamWriter
) -> None:
    for number, kind in ((1, "user.registered"), (2, "invoice.issued"), (3, "user.registered")):
        await writer.append(event(number, kind))
    recent = await admin.list_recent_events([USER, INVOICE, "events:none"], 2)
    assert [(each.stream, each.event.data["n"]) for each in recent] == [(USER, 3), (INVOICE, 2)]
    assert recent[0].event.data["user"]["email"] == "a***@example.com"
    assert [each.event.data["n"] for each in await admin.list_recent_events([USER], 10)] == [3, 1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"to":"ann.b+c@example.com"}', '{"to":"a***@example.com"}'),
        ("Ann <ann@x.org>, b@y.org", "Ann <a***@x.org>, b***@y.org"),
        ('{"at":"@here","n":"1 @ 2"}', '{"at":"@here","n":"1 @ 2"}'),
    ],
)
def test_addresses_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


async def test_dead_letters_are_listed_page_by_page(admin: EventAdmin, writer: StreamWriter, mail: Mail) -> None:
    await writer.append(*(event(number) for number in range(3)))
    mail.error = ValueError("no mail to ann@example.com")
    while (await admin.counts())["dead"] < 3:
        await mail.step()
    first = await admin.list_dead_letters("dead", limit=2, cursor=None)
    rest = await admin.list_dead_letters("dead", limit=2, cursor=first.next_cursor)
    listed = [*first.items, *rest.items]
    assert [letter.event.data["n"] for letter in listed if letter.event] == [2, 1, 0]
    assert {(letter.kind, letter.stream, letter.group, letter.deliveries) for letter in listed} == {
        ("dead", USER, "mail", 5)
    }
    assert listed[0].error == "ValueError: no mail to a***@example.com"
    assert abs((datetime.now(UTC) - listed[0].buried_at).total_seconds()) < 60
    assert (rest.next_cursor, (await admin.counts())["dead"], (await admin.counts())["aside"]) == (None, 3, 0)


async def test_what_is_no_event_is_shown_as_its_text(admin: EventAdmin, connect: Connect, mail: Mail) -> None:
    await connect("tests").call("XADD", USER, "*", "event", "{nonsense")
    await mail.step()
    (letter,) = (await admin.list_dead_letters("dead", limit=5, cursor=None)).items
    assert (letter.event, letter.text, letter.error) == (None, "{nonsense", "not an event")


async def test_a_dead_letter_is_replayed_once(
    admin: EventAdmin, writer: StreamWriter, mail: Mail, connect: Connect
) -> None:
    await writer.append(event(7))
    mail.error = ValueError("down")
    while not (await admin.counts())["dead"]:
        await mail.step()
    (letter,) = (await admin.list_dead_letters("dead", limit=5, cursor=None)).items
    await admin.replay_dead_letter("dead", letter.id, build_event)
    with pytest.raises(NotFound):
        await admin.replay_dead_letter("dead", letter.id, build_event)
    mail.error = None
    await mail.step()
    assert mail.seen == [7]
    assert (await admin.counts())["dead"] == 0
    assert [about["id"] for about in await noted(connect)] == [letter.id]


async def test_an_event_is_read_with_the_letters_that_hold_it(
    admin: EventAdmin, writer: StreamWriter, mail: Mail
) -> None:
    one = event(1)
    other = event(2)
    first, second = await writer.append(one, other)
    mail.error = UnsupportedVersion("version 2")
    await mail.step()
    read = await admin.read_event(USER, first)
    assert (read.stream, read.entry_id, read.event.id) == (USER, first, one.id)
    assert read.event.data["user"]["email"] == "a***@example.com"
    (letter,) = await admin.dead_letters_of(one.id, first)
    assert (letter.kind, letter.entry_id) == ("aside", first)
    assert await admin.read_dead_letter("aside", letter.id) == letter
    assert [each.entry_id for each in await admin.dead_letters_of(other.id, second)] == [second]
    assert await admin.dead_letters_of(one.id, f"{int(letter.id.partition('-')[0]) + 1}-0") == []


@pytest.mark.parametrize("entry_id", ["1-1", "x", "+", "-", "18446744073709551616-0", "1-99999999999999999999"])
async def test_what_is_not_there_is_not_found(admin: EventAdmin, entry_id: str) -> None:
    with pytest.raises(NotFound):
        await admin.read_event(USER, entry_id)
    with pytest.raises(NotFound):
        await admin.read_dead_letter("dead", entry_id)


async def test_an_entry_that_is_no_event_is_not_found(admin: EventAdmin, connect: Connect) -> None:
    entry_id = await connect("tests").call("XADD", USER, "*", "event", "{nonsense")
    with pytest.raises(NotFound):
        await admin.read_event(USER, entry_id)


async def test_what_was_parked_is_handled_after_an_upgrade(admin: EventAdmin, writer: StreamWriter, mail: Mail) -> None:
    await writer.append(event(8))
    mail.error = UnsupportedVersion("version 2")
    await mail.step()
    (letter,) = (await admin.list_dead_letters("aside", limit=5, cursor=None)).items
    assert letter.kind == "aside"
    mail.error = None
    await admin.replay_dead_letter("aside", letter.id, build_event)
    await mail.step()
    assert (mail.seen, (await admin.counts())["aside"]) == ([8], 0)


async def test_a_letter_is_discarded(admin: EventAdmin, connect: Connect, mail: Mail) -> None:
    await connect("tests").call("XADD", USER, "*", "event", "{nonsense")
    await mail.step()
    (letter,) = (await admin.list_dead_letters("dead", limit=5, cursor=None)).items
    await admin.discard("dead", letter.id, build_event)
    for unknown in (letter.id, "1-1", "x", "+", "18446744073709551616-0"):
        with pytest.raises(NotFound):
            await admin.discard("dead", unknown, build_event)
        with pytest.raises(NotFound):
            await admin.replay_dead_letter("dead", unknown, build_event)
    assert [(about["id"], about["text"]) for about in await noted(connect)] == [(letter.id, "{nonsense")]


async def test_a_stream_is_replayed_for_a_group_from_an_entry_on(
    admin: EventAdmin, writer: StreamWriter, mail: Mail, connect: Connect
) -> None:
    ids = await writer.append(*(event(number) for number in range(4)))
    await mail.step()
    replay = await admin.replay("mail", USER, ids[2], build_event)
    assert (replay.group, replay.stream, replay.entries) == ("mail", USER, 2)
    await mail.step()
    assert mail.seen == [0, 1, 2, 3, 2, 3]
    for group, stream in (("nobody", USER), ("mail", INVOICE)):
        with pytest.raises(NotFound):
            await admin.replay(group, stream, "0", build_event)
    assert await noted(connect) == [replay.model_dump()]


async def test_a_replay_of_too_much_is_refused(
    admin: EventAdmin, writer: StreamWriter, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("back_redis.admin.MOST_REPLAYED", 3)
    await writer.append(*(event(number) for number in range(4)))
    with pytest.raises(Invalid):
        await admin.replay("mail", USER, "0", build_event)


async def test_a_cursor_of_another_list_is_refused(admin: EventAdmin) -> None:
    with pytest.raises(Invalid):
        await admin.list_dead_letters("dead", limit=5, cursor=cursors.encode("+"))


@pytest.mark.parametrize(
    "text", ['{"verification":{"token":"secret-link"}}', "input_value={'token': 'secret-link', 'n': 1}"]
)
def test_the_token_of_a_link_is_shown_to_nobody(text: str) -> None:
    assert "secret-link" not in masked(text)
    assert "***" in masked(text)
