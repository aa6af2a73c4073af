"""Events, sockets and channels of two states of a contract: what their readers meet."""

from collections.abc import Iterator, Mapping

from shared.contracts.manifest import Contract, Published, Socket
from tooling.changes import channel_changes, schema_changes
from tooling.changes.change import Change

Consumers = Mapping[str, tuple[str, ...]]
Form = tuple[str, int]
"""Type and version of an event."""


def compare(old: Contract, new: Contract, consumers: Consumers) -> Iterator[Change]:
    """`consumers`: the services that take each event type, in all contracts."""
    yield from _published(old, new, consumers)
    yield from _consumed(old, new)
    yield from _sockets(old, new)
    yield from channel_changes.compare(old, new)


def _published(old: Contract, new: Contract, consumers: Consumers) -> Iterator[Change]:
    before = _by_form(old)
    after = _by_form(new)
    for form in before.keys() - after.keys():
        yield _of(new, before[form].service, _place(form), "is not published any more", consumers.get(form[0], ()))
    for form in after.keys() - before.keys():  # who does not know it passes it over, or parks it
        yield Change(new.name, after[form].service, _place(form), "is new", "minor")
    for form in before.keys() & after.keys():
        kind = form[0]
        one = before[form]
        other = after[form]
        if one.service != other.service:
            text = f"is published by {other.service}, not by {one.service}"
            yield Change(new.name, other.service, _place(form), text, "minor", affected=consumers.get(kind, ()))
        found = schema_changes.compare(old.schemas.get(one.data, {}), new.schemas.get(other.data, {}), "response")
        for place, text, step in found:
            where = f"{_place(form)} data{place}"
            yield Change(new.name, other.service, where, text, step, True, consumers.get(kind, ()))


def _by_form(contract: Contract) -> dict[Form, Published]:
    return {(event.type, event.version): event for event in contract.events.published}


def _place(form: Form) -> str:
    kind, version = form
    return f"event {kind}" if version == 1 else f"event {kind} of version {version}"


def _of(contract: Contract, service: str, place: str, text: str, affected: tuple[str, ...]) -> Change:
    return Change(contract.name, service, place, text, "major", affected=affected)


def _consumed(old: Contract, new: Contract) -> Iterator[Change]:
    before = {(event.service, event.consumer, (event.type, event.version)) for event in old.events.consumed}
    after = {(event.service, event.consumer, (event.type, event.version)) for event in new.events.consumed}
    for service, consumer, form in before ^ after:
        text = "is new" if (service, consumer, form) in after else "is gone: its effect does not happen any more"
        yield Change(new.name, service, f"consumer {consumer} of {_place(form)}", text, "minor")


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
        before = old.schemas.get(one.sends[kind], {})
        after = new.schemas.get(other.sends[kind], {})
        for where, text, step in schema_changes.compare(before, after, "response"):
            yield Change(new.name, other.service, f"{place} {kind}{where}", text, step, True, readers)
