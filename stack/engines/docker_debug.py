"""What `make run S=` needs when the rest runs in containers: the service's secrets, and a stand-in that leads to it.

The stand-in is a small container with the service's network names; it passes each connection on to this machine.
"""

import contextlib
import shutil
import subprocess
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path

from stack.engines import docker
from stack.errors import StackError
from stack.native.privileges import die_with_parent
from stack.paths import PYTHON, ROOT, run_dir
from stack.topology import Service

IMAGE = "tools-dashboard/shared:local"
RELAY = ROOT / "stack" / "engines" / "relay.py"


@contextmanager
def borrowed_secrets(compose: Sequence[str], services: Sequence[Service]) -> Generator[Path]:
    """The secrets of the containers' volume, copied below `.stack/run` until the end of the block."""
    root = run_dir() / "borrowed"
    shutil.rmtree(root, ignore_errors=True)
    try:
        copy_secrets(compose, services[0].name, root, services[0].label)
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def copy_secrets(compose: Sequence[str], service: str, root: Path, label: str = "") -> None:
    """The files of a running container's secrets to `root/<label>`. Raises StackError."""
    label = label or service
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    command = [*compose, "cp", f"{service}:/run/secrets/{label}", str(root / label)]
    copied = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if copied.returncode:
        raise StackError(f"The secrets of {label} could not be read: {copied.stderr.decode().strip()[-200:]}")


@contextmanager
def forwarder(project: str, services: Sequence[Service]) -> Generator[None]:
    """Lets containers reach the service that runs here, under its name and port."""
    service = next((service for service in services if service.port), None)
    networks = _networks_of_callers(project, service) if service else []
    if service is None or not networks:
        yield
        return
    inside = str(_default_port(service))
    host = _address_of_this_machine(networks[0])
    name = f"{project}-{service.name}-here"
    relay = _relay(host, inside, "127.0.0.1", service.environment["PORT"])
    try:
        _place_stand_in(name, service.name, networks, ["0.0.0.0", inside, host, inside])  # noqa: S104  (of a container)
        yield
    finally:
        docker.answers("rm", "-f", name)
        relay.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            relay.wait(5)


def _networks_of_callers(project: str, service: Service) -> list[str]:
    """One for each service that calls this one."""
    label = f"label=com.docker.compose.project={project}"
    names = docker.output("network", "ls", "--filter", label, "--format", "{{.Name}}").split()
    return [name for name in names if name.endswith(f"--{service.label}")]


def _address_of_this_machine(network: str) -> str:
    subnet = docker.output("network", "inspect", network, "--format", "{{(index .IPAM.Config 0).Subnet}}").strip()
    return str(ip_network(subnet)[1])


def _place_stand_in(name: str, service: str, networks: Sequence[str], passing: Sequence[str]) -> None:
    """A container in all `networks` under the service's name that passes connections on. Raises StackError."""
    placed = ["--network", networks[0], "--network-alias", service]
    script = RELAY.read_text()  # not mounted: the container's user may not be allowed to read the clone's files
    docker.perform("run", "--rm", "-d", "--name", name, *placed, IMAGE, "python", "-c", script, *passing)
    for each in networks[1:]:
        docker.perform("network", "connect", "--alias", service, each, name)


def _default_port(service: Service) -> int:
    """The port inside containers, where no offset applies."""
    from stack import settings

    return settings.load({}).ports[service.label.upper().replace("-", "_")]


def _relay(host: str, port: str, target_host: str, target_port: str) -> "subprocess.Popen[bytes]":
    command = [str(PYTHON), str(RELAY), host, port, target_host, target_port]
    return subprocess.Popen(command, start_new_session=True, preexec_fn=die_with_parent)  # Ctrl-C is the service's
