"""A peer that lives without being ready misses its store."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest

from shared.models.figures import ServiceState
from shared.utils.errors import Unavailable

services: Any = import_module("features.figures.services")


@dataclass
class Peer:
    store: str | None
    is_ready: bool
    is_alive: bool

    async def ready(self) -> None:
        if not self.is_ready:
            raise Unavailable

    async def alive(self) -> None:
        if not self.is_alive:
            raise Unavailable


@pytest.mark.parametrize(
    ("peer", "own", "store"),
    [
        (Peer("store", is_ready=True, is_alive=True), "up", "up"),
        (Peer("store", is_ready=False, is_alive=True), "up", "down"),
        (Peer("store", is_ready=False, is_alive=False), "down", "unknown"),
        (Peer(None, is_ready=False, is_alive=True), "down", "unknown"),
    ],
)
async def test_conditions_of_a_service_and_its_store(peer: Peer, own: str, store: str) -> None:
    declared = [
        ServiceState(name=name, kind="back", does="x", calls=[], condition="unknown") for name in ("service", "store")
    ]
    found = await services.ServicesDomain(declared, {"service": peer}).list_services()
    assert [each.condition for each in found] == [own, store]
