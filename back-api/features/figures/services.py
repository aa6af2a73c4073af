"""Which services answer, among those that `boundaries.yaml` declares. back-api asks only those that it may call."""

import asyncio
from collections.abc import Mapping
from typing import Protocol

from shared.models.figures import ServiceCondition, ServiceState
from shared.utils.errors import ServiceError, Unavailable

OWN = "back-api"
IN_FRONT = ("front-admin", "back-gateway")
"""Whoever sees the answer got it through them."""


class Peer(Protocol):
    """A service that can be asked for its health; `store` is the server that only it talks to."""

    @property
    def store(self) -> str | None: ...

    async def ready(self) -> None:
        """Raises Unavailable."""
        ...

    async def alive(self) -> None:
        """Raises Unavailable."""
        ...


class ServicesDomain:
    """`declared` are all services, without their condition; `peers` are those that can be asked."""

    def __init__(self, declared: list[ServiceState], peers: Mapping[str, Peer]) -> None:
        self._declared = declared
        self._peers = peers

    async def list_services(self) -> list[ServiceState]:
        """In the declared order."""
        found = await asyncio.gather(*(_conditions(name, peer) for name, peer in self._peers.items()))
        known: dict[str, ServiceCondition] = dict.fromkeys((OWN, *IN_FRONT), "up")
        for conditions in found:
            known |= conditions
        return [
            service.model_copy(update={"condition": known.get(service.name, service.condition)})
            for service in self._declared
        ]


async def _conditions(name: str, peer: Peer) -> dict[str, ServiceCondition]:
    """Of the peer and of its store: a peer that lives and is not ready misses its store."""
    own: ServiceCondition = "up"
    store: ServiceCondition = "up"
    try:
        await peer.ready()
    except ServiceError:
        alive = await _is_alive(peer)
        own = "up" if alive and peer.store else "down"
        store = "down" if alive else "unknown"
    return {name: own, peer.store: store} if peer.store else {name: own}


async def _is_alive(peer: Peer) -> bool:
    try:
        await peer.alive()
    except Unavailable:
        return False
    return True
