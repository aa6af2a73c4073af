"""What all manifests together declare of messages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from shared.contracts.boundaries import Boundaries
from shared.contracts.manifest import Channel, Consumed, Contract, Published, Socket
from shared.models.events import stream_of


@dataclass(frozen=True)
class MessageModel:
    """The contracts, by name, and who may do what."""

    contracts: Sequence[Contract]
    boundaries: Boundaries

    @cached_property
    def published(self) -> list[tuple[Contract, Published]]:
        return [(contract, event) for contract in self.contracts for event in contract.events.published]

    @cached_property
    def consumed(self) -> list[Consumed]:
        return [event for contract in self.contracts for event in contract.events.consumed]

    @cached_property
    def channels(self) -> list[Channel]:
        return [channel for contract in self.contracts for channel in contract.channels]

    @cached_property
    def streams(self) -> list[str]:
        """The streams of events."""
        return sorted({stream_of(event.type) for _, event in self.published})

    @cached_property
    def live(self) -> dict[str, tuple[Contract, str]]:
        """By type of a live message: the contract that has it, and the schema of its data."""
        found: dict[str, tuple[Contract, str]] = {}
        for contract in self.contracts:
            for socket in contract.sockets:
                for kind, data in socket.sends.items():
                    found.setdefault(kind, (contract, data))
        return found

    @cached_property
    def sockets(self) -> list[Socket]:
        """Each once; several features may send over the same one."""
        found: dict[tuple[str, str], Socket] = {}
        for socket in (socket for contract in self.contracts for socket in contract.sockets):
            known = found.get((socket.service, socket.path))
            found[socket.service, socket.path] = _merged(known, socket) if known else socket
        return list(found.values())

    def relays(self, publisher: str, stream: str) -> list[str]:
        """Who appends what `publisher` left in its outbox; empty when it may write to `stream` itself."""
        services = self.boundaries.services
        own = services[publisher].redis
        if own and own.writes(stream):
            return []
        return list(self._writers(publisher, stream))

    def _writers(self, publisher: str, stream: str) -> Iterator[str]:
        for name, service in self.boundaries.services.items():
            if service.redis and service.redis.writes(stream) and publisher in service.calls:
                yield name


def _merged(one: Socket, other: Socket) -> Socket:
    return one.model_copy(
        update={
            "query": list(dict.fromkeys([*one.query, *other.query])),
            "sends": one.sends | other.sends,
            "close_codes": one.close_codes | other.close_codes,
        }
    )
