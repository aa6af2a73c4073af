"""What `make run S=` needs when the rest runs in containers: the service's secrets, and a stand-in that leads to it.

The stand-in is a small container with the service's network names; it passes each connection on to this machine.
"""

import contextlib
import shutil
import subprocess
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from stack.engines import docker
from stack.errors import StackError
from stack.native.privileges import die_with_parent
from stack.paths import PYTHON, ROOT, run_dir
from stack.topology import Service

IMAGE = "tools-dashboard/shared:local"


@contextmanager
def borrowed_secrets(compose: Sequence[str], services: Sequence[Service]) -> Generator[Path]:
    """The secrets of the containers' volume, copied below `.stack/run` until the end of the block."""
    root = run_dir() / "borrowed"
    shutil.rmtree(root, ignore_errors=True)
    try:
        if not services[0].label.startswith("front-"):
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
    if service is None:
        yield
        return
    inside = _default_port(service)
    name = f"{project}-{service.name}-here"
    network = f"{project}_to-{service.label}"
    gateway = docker.output("network", "inspect", network, "--format", "{{(index .IPAM.Config 0).Gateway}}").strip()
    relay = _relay(gateway, inside, "127.0.0.1", int(service.environment["PORT"]))
    passing = ["0.0.0.0", str(inside), gateway, str(inside)]  # noqa: S104  (of a container)
    script = f"{ROOT / 'stack' / 'engines' / 'relay.py'}:/relay.py:ro"
    placed = ["--network", network, "--network-alias", service.name, "-v", script]
    try:
        if not docker.answers("run", "--rm", "-d", "--name", name, *placed, IMAGE, "python", "/relay.py", *passing):
            raise StackError(f"The stand-in for {service.name} could not be started.")
        yield
    finally:
        docker.answers("rm", "-f", name)
        relay.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            relay.wait(5)


def _default_port(service: Service) -> int:
    """The port inside containers, where no offset applies."""
    from stack import settings

    return settings.load({}).ports[service.label.upper().replace("-", "_")]


def _relay(host: str, port: int, target_host: str, target_port: int) -> "subprocess.Popen[bytes]":
    script = ROOT / "stack" / "engines" / "relay.py"
    arguments = [host, str(port), target_host, str(target_port)]
    command = [str(PYTHON), str(script), *arguments]
    return subprocess.Popen(command, start_new_session=True, preexec_fn=die_with_parent)  # Ctrl-C is the service's
