"""kill -9 of what the running stack runs, and its return; processes of ours beside it or in its place."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager

from stack.control_socket import Client, ask
from stack.native.privileges import die_with_parent
from stack.paths import ROOT
from stack.runner.board import HEALTHY
from stack.topology import Service
from tests.services import STOP_SECONDS, Process, answers
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


@contextmanager
def paused(service: str) -> Generator[None]:
    """The stack's own `service` stands still for the block."""
    group = ask("status")["services"][service]["pid"]
    os.killpg(group, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(group, signal.SIGCONT)


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
    await until(lambda: asyncio.to_thread(answers, service.probe.target), f"our {service.name} is ready", seconds=90)


@contextmanager
def in_place_of(service: Service, **changes: str) -> Generator[Process]:
    """A process of ours on the same port; not ready yet. The stack's own comes back afterwards."""
    with without(service.name):
        process = launch(service, **changes)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)
