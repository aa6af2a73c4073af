"""The AsyncAPI documents are valid, complete, and describe what the code does."""

import copy
from typing import Any

import pytest

from back_redis import feature_flags
from back_redis.live_envelope import SHARDS, live_channel
from back_redis.revocations import STREAM
from back_redis.streams import DEAD_LETTERS, PARKED, replay_stream
from back_redis.waiting import WAITING
from shared.contracts.loader import load as load_all
from shared.models.event_data import streams
from tests.contracts.asyncapi import assert_message, broken_rules, channel_at, committed, references, resolved, services
from tests.contracts.contracts import load, names
from tooling.contracts.asyncapi import snapshot as files
from tooling.paths import CONTRACTS, ROOT


def test_they_are_those_of_the_manifests():
    known, _ = load_all(CONTRACTS)

    assert list(files.stale(ROOT, known)) == []
    assert {"back-api", "back-workers", "back-websockets"} <= set(services())


@pytest.mark.parametrize("service", services())
def test_a_document_is_valid_asyncapi(service: str):
    document = committed(service)

    assert broken_rules(document) == []
    assert [one for one in references(document) if not resolved(document, one)] == []


def test_what_is_no_asyncapi_is_noticed():
    document = copy.deepcopy(committed("back-websockets"))
    document["operations"]["send-ws-notifications"]["action"] = "shout"

    assert broken_rules(document)


@pytest.mark.parametrize("service", services())
def test_an_operation_is_about_messages_of_its_channel(service: str):
    document = committed(service)
    for operation in document["operations"].values():
        channel = operation["channel"]["$ref"]
        assert operation["messages"]
        assert all(one["$ref"].startswith(f"{channel}/messages/") for one in operation["messages"])


@pytest.mark.parametrize("service", services())
def test_examples_are_what_the_messages_say(service: str):
    document = committed(service)
    for channel in document["channels"].values():
        for name, reference in channel["messages"].items():
            for example in resolved(document, reference["$ref"]).get("examples", []):
                assert_message(document, channel["address"], name, example["payload"])


def test_each_live_message_has_an_example_or_says_why_not():
    messages = committed("back-websockets")["components"]["messages"]
    without = {name for name, message in messages.items() if name.startswith("live.") and "examples" not in message}

    marks = {"live.notification.read", "live.notification.unread", "live.notification.deleted"}
    assert without == marks, "they have no moment of their own"


def _addresses(kind: str | None = None) -> set[str]:
    channels = [channel for service in services() for channel in committed(service)["channels"].values()]
    return {
        channel["address"] for channel in channels if kind is None or channel.get("x-redis", {}).get("kind") == kind
    }


def test_every_address_of_the_code_is_a_channel():
    assert _addresses("stream") == {*streams(), DEAD_LETTERS, PARKED, WAITING, replay_stream("{group}"), STREAM}
    assert _addresses("pubsub") == {"live:{shard}", feature_flags.CHANNEL}
    assert live_channel("somebody").removeprefix("live:") in map(str, range(SHARDS))
    assert _addresses() - _addresses("stream") - _addresses("pubsub") == {
        socket.path for name in names() for socket in load(name).sockets
    }


@pytest.mark.parametrize("name", names())
def test_what_a_manifest_declares_of_messages_is_in_the_documents(name: str):
    contract = load(name)
    for event in contract.events.published:
        assert event.type in _sent(event.service)
    for event in contract.events.consumed:
        operations = committed(event.service)["operations"].values()
        groups = [one for one in operations if one.get("x-redis", {}).get("group") == event.consumer]
        assert any(one["$ref"].endswith(f"/{event.type}") for operation in groups for one in operation["messages"])
    for socket in contract.sockets:
        channel = channel_at(committed(socket.service), socket.path)
        assert channel["messages"].keys() >= socket.sends.keys()
        assert channel["x-close-codes"].items() >= {str(code): why for code, why in socket.close_codes.items()}.items()
    for channel in contract.channels:
        for service in (*channel.sends, *channel.receives):
            assert channel_at(committed(service), channel.address)["description"] == channel.purpose


def _sent(service: str) -> set[str]:
    operations: list[dict[str, Any]] = list(committed(service)["operations"].values())
    found = [operation for operation in operations if operation["action"] == "send"]
    return {one["$ref"].rpartition("/")[2] for operation in found for one in operation["messages"]}


def test_events_of_an_outbox_name_who_relays_them():
    written = committed("back-postgres")["operations"]["send-events-user"]
    relayed = committed("back-workers")["operations"]["relay-events-user"]

    assert written["x-outbox"] == {"relays": ["back-workers"]}
    assert relayed["x-outbox-of"] == "back-postgres"
    assert relayed["messages"] == written["messages"]
    assert "x-outbox" not in committed("back-auth")["operations"]["send-events-session"]
