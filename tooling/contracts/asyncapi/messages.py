"""The messages: events, what sockets send, and what else stands in streams."""

from dataclasses import dataclass
from typing import Any

from shared.contracts.manifest import Channel, Consumed, Contract, Published
from shared.models.events import Event
from shared.models.notification import LiveMessage, StreamClosed
from tooling.contracts.asyncapi.model import MessageModel

Json = dict[str, Any]
CLOSE = "close"
"""The last event of an event stream."""


@dataclass(frozen=True, eq=False)
class Message:
    """`name` is its key in channels; `models` are the schemas that `body` refers to."""

    kind: str
    name: str
    body: Json
    models: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its key among the components: an event and a live message may have the same name."""
        return f"{self.kind}.{self.name}"


class Messages:
    """All messages of the system, once each."""

    def __init__(self, declared: MessageModel) -> None:
        self._events = {(each.type, each.version): _event(contract, each) for contract, each in declared.published}
        self.live = {kind: _live(contract, kind, data) for kind, (contract, data) in declared.live.items()}
        self.close = _plain(StreamClosed.__name__, CLOSE)
        names = {channel.message for channel in declared.channels}
        self._plain = {name: _plain(name, name) for name in names - {Event.__name__, LiveMessage.__name__}}

    def event(self, event: Published | Consumed) -> Message:
        return self._events[event.type, event.version]

    def for_channel(self, channel: Channel) -> list[Message]:
        """Those that travel on `channel`."""
        if channel.message == LiveMessage.__name__:
            return list(self.live.values())
        if channel.message == Event.__name__:
            return list(self._events.values())
        return [self._plain[channel.message]]


def _event(contract: Contract, event: Published) -> Message:
    name = event.type if event.version == 1 else f"{event.type}.v{event.version}"
    fixed = {"type": {"const": event.type}, "version": {"const": event.version}, "data": _reference(event.data)}
    body = _body(contract, event.type, Event.__name__, fixed)
    body["correlationId"] = {"location": "$message.payload#/correlation_id"}
    return Message("event", name, body, (Event.__name__, event.data))


def _live(contract: Contract, kind: str, data: str) -> Message:
    body = _body(contract, kind, LiveMessage.__name__, {"type": {"const": kind}, "data": _reference(data)})
    examples = [
        {"payload": {"type": kind, "id": example["id"], "data": example, "created_at": example["created_at"]}}
        for example in contract.examples.get(data, [])
        if example.keys() >= {"id", "created_at"}
    ]
    return Message("live", kind, body | ({"examples": examples} if examples else {}), (LiveMessage.__name__, data))


def _body(contract: Contract, name: str, envelope: str, fixed: Json) -> Json:
    """An envelope, some of whose fields are `fixed`."""
    return {
        "name": name,
        "summary": contract.summary or contract.name,
        "tags": [{"name": contract.name}],
        "contentType": "application/json",
        "payload": {"allOf": [_reference(envelope), {"type": "object", "properties": fixed}]},
    }


def _plain(model: str, name: str) -> Message:
    body = {"name": name, "contentType": "application/json", "payload": _reference(model)}
    return Message("entry", name, body, (model,))


def _reference(model: str) -> Json:
    return {"$ref": f"#/components/schemas/{model}"}
