"""kill -9 of what the running stack runs, and its return; processes of ours beside it or in its place."""

import asyncio
import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager

from stack.native.privileges import die_with_parent
from stack.paths import ROOT
from stack.topology import Service
from tests.resilience.engines import engine
from tests.services import STOP_SECONDS, Process, answers
from tests.waiting import eventually, until


def kill(service: str) -> None:
    """At once, with its children. `service` is a name of docker-compose.yml."""
    engine().kill(service)


async def revive(service: str) -> None:
    """Without the pause that a crash would bring; returns once it is healthy."""
    await asyncio.to_thread(engine().start_again, service)
    await until(lambda: asyncio.to_thread(engine().is_healthy, service), f"{service} is healthy")


@contextmanager
def without(*services: str) -> Generator[None]:
    """The stack's own `services` are stopped for the block, and come back together however that ends."""
    with engine().stopped(services):
        yield
    eventually(lambda: all(map(engine().is_healthy, services)), f"{', '.join(services)} are healthy again")


@contextmanager
def paused(service: str) -> Generator[None]:
    """The stack's own `service` stands still for the block."""
    engine().pause(service)
    try:
        yield
    finally:
        engine().resume(service)


def launch(service: Service, **changes: str) -> Process:
    """As the stack would start it, but for `changes` to its environment; the caller's to end."""
    return subprocess.Popen(
        service.command,
        cwd=ROOT,
        env=os.environ | service.environment | changes,
        start_new_session=True,
        preexec_fn=die_with_parent,
        stdout=subprocess.DEVNULL,
    )


async def until_ready(service: Service) -> None:
    await until(lambda: asyncio.to_thread(answers, service.probe.target), f"our {service.name} is ready")


@contextmanager
def in_place_of(*services: Service, **changes: str) -> Generator[None]:
    """Processes of ours on the same ports; not ready yet. The stack's own come back afterwards."""
    with without(*(service.name for service in services)), engine().led_here(services):
        processes = [launch(service, **changes) for service in services]
        try:
            yield
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(STOP_SECONDS)
