"""The channels: streams of events, the other streams and channels of back-redis, sockets and their fall-back."""

from dataclasses import dataclass
from re import findall

from shared.contracts.manifest import Channel, Socket
from shared.models.events import stream_of
from tooling.contracts.asyncapi.messages import Json, Message, Messages
from tooling.contracts.asyncapi.model import MessageModel

REDIS = "back-redis"
SOCKETS = "sockets"
STREAMS = "event-streams"
"""Keys of servers."""
EVENT = {"kind": "stream", "field": "event"}
"""An entry has one field, with the message as JSON."""


@dataclass(frozen=True, eq=False)
class Place:
    """A channel; `body` is it without its messages."""

    body: Json
    server: str
    messages: tuple[Message, ...]

    @property
    def id(self) -> str:
        """Its key: the address without what JSON pointers would escape."""
        address = str(self.body["address"]).strip("/")
        return address.translate({ord(":"): "-", ord("/"): "-", ord("{"): None, ord("}"): None})


class Places:
    """All channels of the system."""

    def __init__(self, declared: MessageModel, messages: Messages) -> None:
        self.streams = {name: _stream(declared, messages, name) for name in declared.streams}
        self.channels = {channel.address: _channel(messages, channel) for channel in declared.channels}
        self.sockets = {socket.path: _socket(messages, socket) for socket in declared.sockets}


def _stream(declared: MessageModel, messages: Messages, name: str) -> Place:
    events = [messages.event(event) for _, event in declared.published if stream_of(event.type) == name]
    body: Json = {"address": name, "bindings": {"redis": {}}, "x-redis": EVENT}
    return Place(body, REDIS, tuple(events))


def _channel(messages: Messages, channel: Channel) -> Place:
    parameters: Json = {name: {} for name in findall(r"\{(\w+)\}", channel.address)}
    body = {"address": channel.address, "description": channel.purpose}
    body |= {"parameters": parameters} if parameters else {}
    return Place(
        body | {"bindings": {"redis": {}}, "x-redis": _form(channel)}, REDIS, tuple(messages.for_channel(channel))
    )


def _form(channel: Channel) -> Json:
    """Where the message is in what Redis holds: in one field, in the fields, or behind a line that says for whom it is."""
    if channel.kind == "pubsub":
        return {"kind": "pubsub", "head": "a line `type id user_id,user_id,... [traceparent]` ahead of the JSON"}
    return EVENT if channel.message == "Event" else {"kind": "stream", "field": "each of the message's own, as text"}


def _socket(messages: Messages, socket: Socket) -> Place:
    sent = [messages.live[kind] for kind in socket.sends]
    body: Json = {"address": socket.path}
    if socket.kind == "event_stream":
        return Place(body | _codes(socket), STREAMS, (*sent, messages.close))
    binding = {"method": "GET", "query": query(socket), "bindingVersion": "0.1.0"}
    return Place(body | {"bindings": {"ws": binding}} | _codes(socket), SOCKETS, tuple(sent))


def query(socket: Socket) -> Json:
    """The parameters that may stand in the query, none of which must."""
    return {"type": "object", "properties": {name: {"type": "string"} for name in socket.query}}


def _codes(socket: Socket) -> Json:
    return {"x-close-codes": {str(code): why for code, why in sorted(socket.close_codes.items())}}
