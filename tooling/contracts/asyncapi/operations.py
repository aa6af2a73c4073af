"""The operations: who sends and receives what, over which channel, as which consumer group."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from shared.contracts.manifest import Consumed, Published, Socket
from shared.models.events import stream_of
from tooling.contracts.asyncapi.channels import Place, Places, query
from tooling.contracts.asyncapi.messages import Json, Message, Messages
from tooling.contracts.asyncapi.model import MessageModel

BEARER = "bearer"
TICKET = "ticket"
"""Keys of security schemes."""


@dataclass(frozen=True, eq=False)
class Operation:
    """One of `service`, with the key `name`; `body` is it without channel and messages."""

    service: str
    name: str
    place: Place
    messages: tuple[Message, ...]
    body: Json


def operations(declared: MessageModel, messages: Messages, places: Places) -> Iterator[Operation]:
    """Those of all services."""
    yield from _published(declared, messages, places)
    yield from _consumed(declared, messages, places)
    for channel in declared.channels:
        place = places.channels[channel.address]
        for action, services in (("send", channel.sends), ("receive", channel.receives)):
            for service in services:
                yield Operation(service, f"{action}-{place.id}", place, place.messages, {"action": action} | _REDIS)
    for socket in declared.sockets:
        yield _socket(socket, places.sockets[socket.path])


_REDIS: Json = {"bindings": {"redis": {}}}


def _published(declared: MessageModel, messages: Messages, places: Places) -> Iterator[Operation]:
    """What goes through an outbox is sent by its writer, and once more by the relays that append it."""
    written: defaultdict[tuple[str, str], list[Published]] = defaultdict(list)
    for _, event in declared.published:
        written[event.service, stream_of(event.type)].append(event)
    for (service, stream), events in written.items():
        place = places.streams[stream]
        sent = tuple(messages.event(event) for event in events)
        relays = declared.relays(service, stream)
        body: Json = {"action": "send", **_REDIS} | ({"x-outbox": {"relays": relays}} if relays else {})
        yield Operation(service, f"send-{place.id}", place, sent, body)
        for relay in relays:
            yield Operation(
                relay, f"relay-{place.id}", place, sent, {"action": "send", **_REDIS, "x-outbox-of": service}
            )


def _consumed(declared: MessageModel, messages: Messages, places: Places) -> Iterator[Operation]:
    taken: defaultdict[tuple[str, str, str], list[Consumed]] = defaultdict(list)
    for event in declared.consumed:
        taken[event.service, event.consumer, stream_of(event.type)].append(event)
    for (service, group, stream), events in taken.items():
        place = places.streams[stream]
        received = tuple(messages.event(event) for event in events)
        effects = "\n".join(f"- {event.type}: {event.effect}" for event in events)
        body: Json = {"action": "receive", "description": effects, **_REDIS, "x-redis": {"group": group}}
        yield Operation(service, f"receive-{place.id}-as-{group}", place, received, body)


def _socket(socket: Socket, place: Place) -> Operation:
    schemes = (BEARER, TICKET) if TICKET in socket.query else (BEARER,)
    body: Json = {"action": "send", "security": [{"$ref": f"#/components/securitySchemes/{name}"} for name in schemes]}
    if socket.kind == "event_stream":
        body["bindings"] = {"http": {"method": "GET", "query": query(socket), "bindingVersion": "0.3.0"}}
    return Operation(socket.service, f"send-{place.id}", place, place.messages, body)
