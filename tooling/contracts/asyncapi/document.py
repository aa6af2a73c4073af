"""The document of a service, and its parts put together."""

from collections.abc import Iterable, Sequence

from tooling.contracts import models
from tooling.contracts.asyncapi.channels import REDIS, SOCKETS, STREAMS, Place, Places
from tooling.contracts.asyncapi.messages import Json, Message, Messages
from tooling.contracts.asyncapi.model import MessageModel
from tooling.contracts.asyncapi.operations import BEARER, TICKET, Operation, operations

SCHEMES: Json = {
    BEARER: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "An access token of back-auth, in the header Authorization or in the cookie of the page's front.",
    },
    TICKET: {"type": "httpApiKey", "in": "query", "name": TICKET, "description": "Of `POST /ws/tickets`, once."},
}


def documents(declared: MessageModel) -> dict[str, Json]:
    """By service, of each that sends or receives."""
    messages = Messages(declared)
    everything = list(operations(declared, messages, Places(declared, messages)))
    services = [
        name for name in declared.boundaries.in_repository() if any(each.service == name for each in everything)
    ]
    return {name: _document(declared, name, [each for each in everything if each.service == name]) for name in services}


def _document(declared: MessageModel, service: str, own: Sequence[Operation]) -> Json:
    """Where its version stands, in place of the version: the chassis puts that in when it serves the document."""
    places = sorted({each.place for each in own}, key=lambda place: place.id)
    does = declared.boundaries.services[service].does
    version = f"{service}/VERSION"
    return {
        "asyncapi": "3.0.0",
        "info": {"title": service, "version": version, "description": does},
        "defaultContentType": "application/json",
        "servers": {name: _server(declared, service, name) for name in sorted({place.server for place in places})},
        "channels": {place.id: _channel(place) for place in places},
        "operations": {each.name: _operation(each) for each in sorted(own, key=lambda each: each.name)},
        "components": _components([message for place in places for message in place.messages], own),
    }


def _server(declared: MessageModel, service: str, name: str) -> Json:
    protocol = {REDIS: "redis", SOCKETS: "ws", STREAMS: "http"}[name]
    host = REDIS if name == REDIS else service
    made = {"host": f"{host}:{declared.boundaries.services[host].port}", "protocol": protocol}
    return made if name == REDIS else made | {"description": "Browsers come through back-gateway, to the same path."}


def _channel(place: Place) -> Json:
    found = {message.name: {"$ref": f"#/components/messages/{message.key}"} for message in place.messages}
    address = {"address": place.body["address"], "servers": [{"$ref": f"#/servers/{place.server}"}], "messages": found}
    return address | place.body


def _operation(operation: Operation) -> Json:
    channel = f"#/channels/{operation.place.id}"
    named = [{"$ref": f"{channel}/messages/{message.name}"} for message in operation.messages]
    return {"action": operation.body["action"], "channel": {"$ref": channel}, "messages": named} | operation.body


def _components(messages: Iterable[Message], own: Sequence[Operation]) -> Json:
    needed = {message.key: message for message in messages}
    schemas = models.components(model for message in needed.values() for model in message.models)
    made: Json = {"messages": {key: needed[key].body for key in sorted(needed)}, "schemas": schemas}
    return made | ({"securitySchemes": SCHEMES} if any("security" in each.body for each in own) else {})
