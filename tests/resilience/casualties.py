"""kill -9 of what the running stack runs, and its return."""

import asyncio
import os
import signal
from collections.abc import Generator
from contextlib import contextmanager

from stack.control_socket import Client, ask
from stack.runner.board import HEALTHY
from tests.waiting import eventually, until


def kill(service: str) -> None:
    """At once, with its children. `service` is a name of docker-compose.yml."""
    os.killpg(ask("status")["services"][service]["pid"], signal.SIGKILL)


async def revive(service: str) -> None:
    """Without the pause that the runner makes after a crash; returns once it is healthy."""
    await asyncio.to_thread(ask, "restart", service)
    await until(lambda: is_healthy(service), f"{service} is healthy", seconds=90)


def is_healthy(service: str) -> bool:
    return ask("status")["services"][service]["state"] == HEALTHY


@contextmanager
def without(service: str) -> Generator[None]:
    """The stack's own `service` is stopped for the block, and comes back however that ends."""
    with Client("hold", service) as client:
        client.answer()
        yield
    eventually(lambda: is_healthy(service), f"{service} is healthy again", seconds=90)
