"""The running stack's own services as a test can hurt them: processes of the runner, or containers. ENGINE says which."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Protocol

from stack import settings, topology
from stack.control_socket import Client, ask
from stack.engines.containers import project_name
from stack.engines.docker_debug import forwarder
from stack.runner.health import is_ready
from stack.runner.status import HEALTHY
from stack.topology import Service


class Engine(Protocol):
    """`service` is a name of docker-compose.yml."""

    def kill(self, service: str) -> None:
        """SIGKILL, with its children."""
        ...

    def start_again(self, service: str) -> None:
        """Without the pause that a crash would bring; not healthy yet."""
        ...

    def pause(self, service: str) -> None: ...
    def resume(self, service: str) -> None: ...
    def is_healthy(self, service: str) -> bool: ...

    def stopped(self, services: Sequence[str]) -> "ExitStack":
        """They are stopped until the stack of contexts is closed."""
        ...

    def led_here(self, services: Sequence[Service]) -> ExitStack:
        """The others find processes of ours in the place of `services` until the stack of contexts is closed."""
        ...


@cache
def engine() -> Engine:
    return Containers() if os.environ.get("ENGINE") == "docker" else Processes()


class Processes:
    def kill(self, service: str) -> None:
        os.killpg(self._group(service), signal.SIGKILL)

    def start_again(self, service: str) -> None:
        ask("restart", service)

    def pause(self, service: str) -> None:
        os.killpg(self._group(service), signal.SIGSTOP)

    def resume(self, service: str) -> None:
        os.killpg(self._group(service), signal.SIGCONT)

    def is_healthy(self, service: str) -> bool:
        return ask("status")["services"][service]["state"] == HEALTHY

    def stopped(self, services: Sequence[str]) -> ExitStack:
        with ExitStack() as stack:
            for client in [stack.enter_context(Client("hold", service)) for service in services]:
                client.answer()
            return stack.pop_all()

    def led_here(self, services: Sequence[Service]) -> ExitStack:
        """Every service looks for the others at this machine's ports anyway."""
        return ExitStack()

    def _group(self, service: str) -> int:
        return ask("status")["services"][service]["pid"]


class Containers:
    def __init__(self) -> None:
        self._project = project_name(os.environ)

    def kill(self, service: str) -> None:
        self._docker("kill", service)

    def start_again(self, service: str) -> None:
        self._docker("start", service)

    def pause(self, service: str) -> None:
        self._docker("pause", service)

    def resume(self, service: str) -> None:
        self._docker("unpause", service)

    def is_healthy(self, service: str) -> bool:
        """Asked from here as well, where its port is published: Docker asks every few seconds, and later on a loaded machine."""
        if self._docker("inspect", service, "--format", "{{.State.Health.Status}}").strip() == "healthy":
            return True
        probe = topology.load(settings.load())[service].probe
        with ThreadPoolExecutor(1) as pool:  # the caller may have a loop that runs
            return pool.submit(lambda: asyncio.run(is_ready(probe))).result()

    def stopped(self, services: Sequence[str]) -> ExitStack:
        with ExitStack() as stack:
            for service in services:
                stack.enter_context(self._stopped(service))
            return stack.pop_all()

    def led_here(self, services: Sequence[Service]) -> ExitStack:
        with ExitStack() as stack:
            for service in services:
                stack.enter_context(forwarder(self._project, [service]))
            return stack.pop_all()

    @contextmanager
    def _stopped(self, service: str) -> Generator[None]:
        self._docker("stop", service)
        try:
            yield
        finally:
            self._docker("start", service)

    def _docker(self, command: str, service: str, *options: str) -> str:
        return _output("docker", command, *options, self._id(service))

    def _id(self, service: str) -> str:
        labels = {"project": self._project, "service": service}
        filters = [f"--filter=label=com.docker.compose.{name}={value}" for name, value in labels.items()]
        (number,) = _output("docker", "ps", "--all", "--quiet", *filters).split()
        return number


def _output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
    return done.stdout
