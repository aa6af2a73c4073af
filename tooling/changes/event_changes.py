"""Events and sockets of two states of a contract: what their readers meet."""

from collections.abc import Iterator, Mapping

from shared.contracts.manifest import Contract, Published, Socket
from tooling.changes import schema_changes
from tooling.changes.change import Change

Consumers = Mapping[str, tuple[str, ...]]


def compare(old: Contract, new: Contract, consumers: Consumers) -> Iterator[Change]:
    """`consumers`: the services that take each event type, in all contracts."""
    yield from _published(old, new, consumers)
    yield from _consumed(old, new)
    yield from _sockets(old, new)


def _published(old: Contract, new: Contract, consumers: Consumers) -> Iterator[Change]:
    before, after = _by_type(old), _by_type(new)
    for kind in before.keys() - after.keys():
        yield _of(new, before[kind].service, f"event {kind}", "is not published any more", consumers.get(kind, ()))
    for kind in after.keys() - before.keys():
        yield Change(new.name, after[kind].service, f"event {kind}", "is new", "minor")
    for kind in before.keys() & after.keys():
        one, other = before[kind], after[kind]
        if one.service != other.service:
            text = f"is published by {other.service}, not by {one.service}"
            yield Change(new.name, other.service, f"event {kind}", text, "minor", affected=consumers.get(kind, ()))
        found = schema_changes.compare(old.schemas.get(one.data, {}), new.schemas.get(other.data, {}), "response")
        for place, text, step in found:
            where = f"event {kind} data{place}"
            yield Change(new.name, other.service, where, text, step, True, consumers.get(kind, ()))


def _by_type(contract: Contract) -> dict[str, Published]:
    return {event.type: event for event in contract.events.published}


def _of(contract: Contract, service: str, place: str, text: str, affected: tuple[str, ...]) -> Change:
    return Change(contract.name, service, place, text, "major", affected=affected)


def _consumed(old: Contract, new: Contract) -> Iterator[Change]:
    before = {(event.service, event.consumer, event.type) for event in old.events.consumed}
    after = {(event.service, event.consumer, event.type) for event in new.events.consumed}
    for service, consumer, kind in before ^ after:
        text = "is new" if (service, consumer, kind) in after else "is gone: its effect does not happen any more"
        yield Change(new.name, service, f"consumer {consumer} of {kind}", text, "minor")


def _sockets(old: Contract, new: Contract) -> Iterator[Change]:
    before = {(socket.service, socket.path): socket for socket in old.sockets}
    after = {(socket.service, socket.path): socket for socket in new.sockets}
    readers = tuple(service.name for service in old.services if service.name.startswith("front-"))
    for service, path in before.keys() - after.keys():
        yield _of(new, service, f"socket {path}", "was removed", readers)
    for service, path in after.keys() - before.keys():
        yield Change(new.name, service, f"socket {path}", "is new", "minor")
    for key in before.keys() & after.keys():
        yield from _socket(old, new, before[key], after[key], readers)


def _socket(old: Contract, new: Contract, one: Socket, other: Socket, readers: tuple[str, ...]) -> Iterator[Change]:
    place = f"socket {one.path}"
    for name in set(one.query) - set(other.query):
        yield _of(new, other.service, f"{place} query {name}", "is not read any more", readers)
    for code in set(one.close_codes) ^ set(other.close_codes):
        text = "is a new close code" if code in other.close_codes else "is not sent any more"
        yield Change(new.name, other.service, f"{place} {code}", text, "minor", affected=readers)
    for kind in set(one.sends) - set(other.sends):
        yield _of(new, other.service, f"{place} {kind}", "is not sent any more", readers)
    for kind in set(other.sends) - set(one.sends):
        yield Change(new.name, other.service, f"{place} {kind}", "is new", "minor")
    for kind in set(one.sends) & set(other.sends):
        before, after = old.schemas.get(one.sends[kind], {}), new.schemas.get(other.sends[kind], {})
        for where, text, step in schema_changes.compare(before, after, "response"):
            yield Change(new.name, other.service, f"{place} {kind}{where}", text, step, True, readers)
