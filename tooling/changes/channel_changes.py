"""Channels between services of two states of a contract: what those meet that receive from them."""

from collections.abc import Iterator

from shared.contracts.manifest import Channel, Contract
from shared.contracts.semver import Step
from tooling.changes import schema_changes
from tooling.changes.change import Change


def compare(old: Contract, new: Contract) -> Iterator[Change]:
    before, after = ({each.address: each for each in contract.channels} for contract in (old, new))
    for address in before.keys() - after.keys():
        yield _change(new, before[address], "was removed", "major", before[address])
    for address in after.keys() - before.keys():
        yield _change(new, after[address], "is new", "minor", None)
    for address in before.keys() & after.keys():
        yield from _channel(old, new, before[address], after[address])


def _channel(old: Contract, new: Contract, one: Channel, other: Channel) -> Iterator[Change]:
    if one.kind != other.kind:
        yield _change(new, other, f"is a {other.kind}, not a {one.kind}", "major", one)
    if one.sends != other.sends:
        yield _change(new, other, f"is sent to by {', '.join(other.sends)}", "minor", one)
    if one.receives != other.receives:
        yield _change(new, other, f"is read by {', '.join(other.receives)}", "minor", None)
    schemas = old.schemas.get(one.message, {}), new.schemas.get(other.message, {})
    for place, text, step in schema_changes.compare(*schemas, "response"):
        where = f"channel {other.address} {other.message}{place}"
        yield Change(new.name, other.sends[0], where, text, step, True, tuple(one.receives))


def _change(contract: Contract, channel: Channel, text: str, step: Step, readers: Channel | None) -> Change:
    affected = tuple(readers.receives) if readers else ()
    return Change(contract.name, channel.sends[0], f"channel {channel.address}", text, step, affected=affected)
