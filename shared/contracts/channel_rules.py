"""The rules of one contract's channels: what its services send each other through back-redis."""

from collections.abc import Callable, Iterator

from shared.contracts.rules import Case
from shared.contracts.source import Finding
from shared.models.events import stream_of


def channels_are_allowed(case: Case) -> Iterator[Finding]:
    """Who sends or receives has the rights for it, and a consumer those for its streams."""
    for i, channel in enumerate(case.contract.channels):
        for verb, names in (("sends", channel.sends), ("receives", channel.receives)):
            for name in names:
                if not _may(case, name, verb, channel.address, channel.kind):
                    where = ["channels", i, verb]
                    yield case.source.finding(where, f"{name} {verb} {channel.address} without the right", _fix(name))
    for i, event in enumerate(case.contract.events.consumed):
        stream = stream_of(event.type)
        if not _may(case, event.service, "sends", stream, "stream"):  # a group writes down how far it is
            text = f"{event.service} takes {event.type} without the right to {stream}"
            yield case.source.finding(["events", "consumed", i], text, _fix(event.service))


def _may(case: Case, name: str, verb: str, address: str, kind: str) -> bool:
    service = case.boundaries.services.get(name)
    if service is None:
        return True  # the rule services-exist says so
    if service.redis is None:
        return False
    if kind == "pubsub":
        return service.redis.hears(address)
    return service.redis.writes(address) or (verb == "receives" and service.redis.reads(address))


def _fix(name: str) -> str:
    return f"name another service, or add it to services.{name}.redis of boundaries.yaml"


RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (channels_are_allowed,)
