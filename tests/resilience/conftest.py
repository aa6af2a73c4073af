"""Crashes on the running stack: a further back-api is started beside it, led through a wire, and killed on the spot."""

import os
import signal
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass, field

import httpx
import pytest
import pytest_asyncio

from stack import settings, topology
from stack.ports import free_ports
from tests.integration.conftest import admin, api, mail, person, public_url, secrets_root, verified
from tests.services import Process, answers, start
from tests.waiting import PATIENCE_SECONDS, eventually

__all__ = ["admin", "api", "mail", "person", "public_url", "secrets_root", "verified"]


@dataclass
class Victim:
    """A back-api of our own; `kill` is for the wire, which is there before the process is."""

    running: list[Process] = field(default_factory=list[Process])

    def start(self, **changes: str) -> str:
        """With `changes` to its environment; its address, once it answers."""
        service = topology.load(settings.load())["back-api"]
        (port,) = free_ports(1)
        self.running.append(start("back-api", service.environment | {"PORT": str(port)} | changes))
        url = f"http://127.0.0.1:{port}"
        eventually(lambda: answers(f"{url}/health"), "the victim answers")
        return url

    def kill(self) -> None:
        """kill -9 of all that was started."""
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.fixture
def victim() -> Generator[Victim]:
    """Ended with the test, however that ends."""
    victim = Victim()
    yield victim
    victim.kill()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gateway(public_url: str) -> AsyncGenerator[httpx.AsyncClient]:
    """A client that leaves the loop free for wires and browsers."""
    async with httpx.AsyncClient(base_url=public_url, timeout=PATIENCE_SECONDS) as client:
        yield client


@pytest.fixture(scope="session")
def live(public_url: str) -> str:
    """Where browsers listen."""
    return public_url.replace("http", "ws", 1) + "/ws/notifications"
