"""The container engine: docker compose with the same file, and the renderer's nginx where Kong's image cannot be had."""

import subprocess
import time
from collections.abc import Mapping
from dataclasses import replace

from rich.console import Console

from stack import settings, topology
from stack.commands import log_view
from stack.engines import docker, engine, ports, summary
from stack.engines.docker_debug import borrowed_secrets, forwarder
from stack.engines.foreground import run_in_foreground
from stack.errors import StackError
from stack.paths import ROOT
from stack.topology import Service

PATIENCE_SECONDS = 900


class Containers:
    name = "docker"

    def __init__(self) -> None:
        self.console = Console(highlight=False)
        self.settings = settings.load()
        self.project = project_name(self.settings.given)
        self.files = list[str]()

    def up(self) -> None:
        """Builds, starts and waits until all is healthy. Raises StackError naming what is not."""
        with engine.one_start_at_a_time():
            seconds = self._start()
        summary.show(self.console, self.settings, self.accounts())
        self.console.print(
            f"\n  all healthy {seconds:.1f} s after the images were built; {self._memory()} (docker stats)"
        )

    def _start(self) -> float:
        """Seconds from the built images to a healthy stack."""
        self._choose_gateway()
        if not self._compose_output("ps", "-q"):
            ports.require_free(topology.load(self.settings))
        engine.remember(self.name)
        if self._compose("build"):
            raise StackError("An image could not be built: the lines above say why.")
        started = time.monotonic()
        if self._compose("up", "--detach", "--wait", "--wait-timeout", str(PATIENCE_SECONDS), "--remove-orphans"):
            raise StackError(f"Not all is healthy: {self._unhealthy()}. See `make logs S=…`, `make down`.")
        return time.monotonic() - started

    def down(self) -> None:
        self._require(self._compose("down", "--remove-orphans"))
        engine.forget()

    def status(self) -> None:
        columns = "table {{.Service}}\t{{.Status}}\t{{.Ports}}"
        self._compose("ps", "--all", "--format", columns)

    def logs(self, service: str | None) -> None:
        following = ["--follow"] if log_view.is_followed() else []
        self._compose("logs", *following, "--tail", "40", *(self._names(service) if service else []))

    def is_there(self) -> bool:
        """Whether this clone has containers, running or not, whoever started them."""
        return bool(docker.containers(self.project, ROOT))

    def stop(self, service: str) -> None:
        self._require(self._compose("stop", *self._names(service)))

    def start(self, service: str) -> None:
        self._require(self._compose("up", "--detach", "--no-deps", "--wait", *self._names(service)))

    def restart(self, service: str | None) -> None:
        self._require(self._compose("restart", "--no-deps", *(self._names(service) if service else [])))

    def run(self, service: str) -> int:
        """Stops the container, runs the service here, and lets the other containers find it under its old name."""
        services = [self._services()[name] for name in self._names(service)]
        with borrowed_secrets(self._command(), services) as root:
            here = [_with_secrets(service, str(root)) for service in services]
            self.stop(service)
            try:
                with forwarder(self.project, here):
                    return run_in_foreground(here, self.console)
            finally:
                self.start(service)

    def reset(self) -> None:
        self._require(self._compose("down", "--volumes", "--remove-orphans"))
        engine.forget()

    def accounts(self) -> str:
        path = "/run/secrets/back-auth/demo_accounts.json"
        return self._compose_output("exec", "-T", "back-auth", "cat", path) or "[]"

    def _choose_gateway(self) -> None:
        kong = docker.can_have(docker.KONG)
        self.files = ["docker-compose.yml"] + ([] if kong else ["docker-compose.no-kong.yml"])
        if not kong:
            print(f"gateway: nginx rendered from kong.yml, because {docker.KONG} cannot be had")

    def _command(self) -> list[str]:
        """With the files that the containers were made from, unless they are to be made from others."""
        files = self.files or docker.files_of(self.project, ROOT) or ["docker-compose.yml"]
        named = [part for file in files for part in ("-f", file)]
        return ["docker", "compose", "--project-name", self.project, *named]

    def _compose(self, *arguments: str) -> int:
        try:
            return subprocess.run(
                [*self._command(), *arguments], cwd=ROOT, env=self._environment(), check=False
            ).returncode
        except KeyboardInterrupt:
            return 130

    def _compose_output(self, *arguments: str) -> str:
        command = [*self._command(), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self._environment(), capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def _environment(self) -> dict[str, str]:
        return self.settings.containers() | {"COMPOSE_PROJECT_NAME": self.project}

    def _services(self) -> dict[str, Service]:
        return topology.load(self.settings)

    def _names(self, service: str) -> list[str]:
        return topology.group(self._services(), service)

    def _unhealthy(self) -> str:
        lines = self._compose_output("ps", "--all", "--format", "{{.Service}} {{.Status}}").splitlines()
        bad = [line for line in lines if "(healthy)" not in line and "Exited (0)" not in line]
        return "; ".join(bad) or "the lines above say why"

    def _memory(self) -> str:
        ids = self._compose_output("ps", "-q").split()
        usage = docker.output("stats", "--no-stream", "--format", "{{.MemUsage}}", *ids) if ids else ""
        total = sum(_bytes(line.split("/")[0].strip()) for line in usage.splitlines())
        return f"{total / 1024**2:.0f} MiB in {len(ids)} containers"

    def _require(self, code: int) -> None:
        if code:
            raise StackError("docker compose did not do it: the lines above say why.")


def project_name(given: Mapping[str, str]) -> str:
    """Compose's name for the stack with these settings: COMPOSE_PROJECT_NAME, or another one for each PORT_OFFSET."""
    offset = given.get("PORT_OFFSET") or "0"
    return given.get("COMPOSE_PROJECT_NAME") or "tools-dashboard" + (f"-{offset}" if offset != "0" else "")


def _with_secrets(service: Service, root: str) -> Service:
    environment = service.environment | {"SECRETS_DIR": f"{root}/{service.label}"}
    return replace(service, environment=environment)


def _bytes(words: str) -> float:
    """`61.3MiB` → 64277708.8"""
    units = {"GiB": 1024**3, "MiB": 1024**2, "KiB": 1024, "B": 1}
    unit = next(unit for unit in units if words.endswith(unit))
    return float(words.removesuffix(unit)) * units[unit]
