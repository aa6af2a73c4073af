"""Each change of events, sockets and channels, the step that it demands, and whom it affects."""

from typing import Any

import pytest

from shared.contracts.manifest import Contract
from tooling.changes import event_changes
from tooling.changes.change import Change

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
PUBLISHED: dict[str, Any] = {"type": "bookmark.added", "service": "back-postgres", "data": "Added"}
CONSUMED: dict[str, Any] = {
    "type": "bookmark.added",
    "service": "back-workers",
    "consumer": "mail",
    "effect": "A mail is sent.",
}
SOCKET: dict[str, Any] = {
    "path": "/ws/bookmarks",
    "service": "back-websockets",
    "auth": "user",
    "query": ["last_id"],
    "sends": {"bookmark.added": "Added"},
    "close_codes": {4401: "The login has ended."},
}
CHANNEL: dict[str, Any] = {
    "address": "bookmarks:all",
    "kind": "stream",
    "message": "Added",
    "sends": ["back-api"],
    "receives": ["back-workers"],
    "purpose": "For these tests alone.",
}
CONSUMERS = {"bookmark.added": ("back-workers",)}
READERS = ("front-public",)


def contract(
    published: list[dict[str, Any]] | None = None,
    consumed: list[dict[str, Any]] | None = None,
    sockets: list[dict[str, Any]] | None = None,
    channels: list[dict[str, Any]] | None = None,
    added: dict[str, Any] = TEXT,
) -> Contract:
    return Contract.model_validate(
        {
            "name": "bookmarks",
            "version": "1.0.0",
            "type": "cross-service",
            "summary": "Bookmarks, for these tests alone.",
            "services": [{"name": "front-public"}, {"name": "back-api"}],
            "events": {"published": published or [], "consumed": consumed or []},
            "sockets": sockets or [],
            "channels": channels or [],
            "schemas": {"Added": added},
        }
    )


def changes(before: Contract, after: Contract) -> list[Change]:
    return sorted(event_changes.compare(before, after, CONSUMERS), key=lambda change: (change.place, change.text))


def changes_between(before: Contract, after: Contract) -> list[tuple[str, str, tuple[str, ...], bool]]:
    return [(change.place, change.step, change.affected, change.model) for change in changes(before, after)]


def test_what_is_the_same_is_no_change() -> None:
    known = contract([PUBLISHED], [CONSUMED], [SOCKET], [CHANNEL])
    assert changes(known, known) == []


def test_an_event_that_is_gone_breaks_its_consumers_a_new_one_nobody() -> None:
    assert changes_between(contract([PUBLISHED]), contract()) == [
        ("event bookmark.added", "major", ("back-workers",), False)
    ]
    assert changes_between(contract(), contract([PUBLISHED])) == [("event bookmark.added", "minor", (), False)]


def test_another_version_of_an_event_is_another_event() -> None:
    second = PUBLISHED | {"version": 2}
    assert changes_between(contract([PUBLISHED]), contract([PUBLISHED, second])) == [
        ("event bookmark.added of version 2", "minor", (), False)
    ]


def test_another_publisher_is_reported_to_the_consumers() -> None:
    (change,) = changes(contract([PUBLISHED]), contract([PUBLISHED | {"service": "back-auth"}]))
    assert (change.service, change.step, change.affected) == ("back-auth", "minor", ("back-workers",))
    assert change.text == "is published by back-auth, not by back-postgres"


def test_data_of_an_event_is_read_so_what_is_retyped_or_nullable_breaks() -> None:
    nullable = {"anyOf": [TEXT, {"type": "null"}]}
    for schema in (NUMBER, nullable):
        found = changes_between(contract([PUBLISHED]), contract([PUBLISHED], added=schema))
        assert found == [("event bookmark.added data", "major", ("back-workers",), True)]


def test_consumers_come_and_go_without_breaking_anybody() -> None:
    without = contract([PUBLISHED])
    with_one = contract([PUBLISHED], [CONSUMED])
    (new,) = changes(without, with_one)
    (gone,) = changes(with_one, without)
    assert new.place == gone.place == "consumer mail of event bookmark.added"
    assert (new.text, new.step) == ("is new", "minor")
    assert (gone.text, gone.step) == ("is gone: its effect does not happen any more", "minor")


SocketCases = list[tuple[list[dict[str, Any]], list[dict[str, Any]], str, str]]
SOCKETS: SocketCases = [
    ([SOCKET], [], "socket /ws/bookmarks", "major"),
    ([], [SOCKET], "socket /ws/bookmarks", "minor"),
    ([SOCKET], [SOCKET | {"query": []}], "socket /ws/bookmarks query last_id", "major"),
    ([SOCKET], [SOCKET | {"close_codes": {}}], "socket /ws/bookmarks 4401", "minor"),
    ([SOCKET], [SOCKET | {"sends": {}}], "socket /ws/bookmarks bookmark.added", "major"),
    ([SOCKET | {"sends": {}}], [SOCKET], "socket /ws/bookmarks bookmark.added", "minor"),
]


@pytest.mark.parametrize(("before", "after", "place", "step"), SOCKETS)
def test_a_socket_s_change_demands_a_step(
    before: list[dict[str, Any]], after: list[dict[str, Any]], place: str, step: str
) -> None:
    (change,) = changes(contract(sockets=before), contract(sockets=after))
    assert (change.place, change.step) == (place, step)
    assert change.affected == (() if change.text == "is new" else READERS)


def test_a_new_query_parameter_of_a_socket_concerns_nobody() -> None:
    assert changes(contract(sockets=[SOCKET | {"query": []}]), contract(sockets=[SOCKET])) == []


def test_a_close_code_is_reported_as_new_or_gone() -> None:
    fewer = contract(sockets=[SOCKET | {"close_codes": {}}])
    assert changes(fewer, contract(sockets=[SOCKET]))[0].text == "is a new close code"
    assert changes(contract(sockets=[SOCKET]), fewer)[0].text == "is not sent any more"


def test_what_a_socket_sends_is_read() -> None:
    found = changes_between(contract(sockets=[SOCKET]), contract(sockets=[SOCKET], added=NUMBER))
    assert found == [("socket /ws/bookmarks bookmark.added", "major", READERS, True)]


@pytest.mark.parametrize(
    ("before", "after", "text", "step", "affected"),
    [
        ([CHANNEL], [], "was removed", "major", ("back-workers",)),
        ([], [CHANNEL], "is new", "minor", ()),
        ([CHANNEL], [CHANNEL | {"kind": "pubsub"}], "is a pubsub, not a stream", "major", ("back-workers",)),
        ([CHANNEL], [CHANNEL | {"sends": ["back-auth"]}], "is sent to by back-auth", "minor", ("back-workers",)),
        ([CHANNEL], [CHANNEL | {"receives": ["back-api"]}], "is read by back-api", "minor", ()),
    ],
)
def test_a_channel_s_change_demands_a_step(
    before: list[dict[str, Any]], after: list[dict[str, Any]], text: str, step: str, affected: tuple[str, ...]
) -> None:
    (change,) = changes(contract(channels=before), contract(channels=after))
    assert (change.place, change.text, change.step, change.affected) == (
        "channel bookmarks:all",
        text,
        step,
        affected,
    )


def test_messages_of_a_channel_are_read() -> None:
    found = changes_between(contract(channels=[CHANNEL]), contract(channels=[CHANNEL], added=NUMBER))
    assert found == [("channel bookmarks:all Added", "major", ("back-workers",), True)]
