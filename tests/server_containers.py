"""The same servers as containers, where a daemon answers and has the images: testcontainers starts and ends them."""

import asyncio
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from testcontainers.core.config import testcontainers_config
from testcontainers.core.container import DockerContainer
from testcontainers.core.docker_client import DockerClient

from stack.native.servers import Place
from stack.paths import ROOT
from stack.runner.health import is_ready
from stack.topology import Probe
from tests.waiting import eventually

CASSANDRA_START = "cp /config/cassandra.yaml /etc/cassandra/cassandra.yaml && exec docker-entrypoint.sh cassandra -f"


def has_image(name: str) -> bool:
    """Without pulling: a test run must not wait for a registry."""
    try:
        DockerClient().client.images.get(name)
    except Exception:  # noqa: BLE001  (no daemon, no permission, no image: each means no)
        return False
    return True


def has_reaper() -> bool:
    """Its image ends containers after a kill -9 of the tests; without it nothing would."""
    return has_image(testcontainers_config.ryuk_image)


def go_without_reaper() -> None:
    """For who asks for containers by hand where the reaper's image cannot be had."""
    testcontainers_config.ryuk_disabled = not has_reaper()


@contextmanager
def running(container: DockerContainer, port: int, kind: str, secrets: Path) -> Generator[Place]:
    """Until the end of the block, once it is ready."""
    with container.with_exposed_ports(port) as started:
        host = "127.0.0.1"
        mapped = int(started.get_exposed_port(port))
        probe = Probe(kind, str(mapped))
        try:
            eventually(lambda: asyncio.run(is_ready(probe)), f"{container.image} is ready")
        except AssertionError as late:
            late.add_note(b"\n".join(started.get_logs()).decode(errors="replace")[-2000:])
            raise
        yield Place(host, mapped, secrets)


def _open_to_containers(secrets: Path, service: str) -> Path:
    """The servers' users in the images are others than here; these secrets are thrown away anyway."""
    for path in (secrets / service, *(secrets / service).iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return secrets


def _readable_in_containers(folder: Path, file: Path) -> str:
    """A copy of a file of the clone that the servers' users in the images may read, however umask has left the clone's."""
    copy = Path(shutil.copyfile(file, folder / file.name))
    copy.chmod(0o644)
    return str(copy)


@contextmanager
def postgres(folder: Path) -> Generator[Place]:
    secrets = _open_to_containers(folder / "secrets", "postgres")
    container = (
        DockerContainer("postgres:18")
        .with_env("POSTGRES_DB", "dashboard")
        .with_env("POSTGRES_PASSWORD_FILE", "/run/secrets/postgres/superuser_password")
        .with_volume_mapping(str(secrets / "postgres"), "/run/secrets/postgres", "ro")
        .with_volume_mapping(
            _readable_in_containers(folder, ROOT / "deploy/config/postgres-init.sql"),
            "/docker-entrypoint-initdb.d/10.sql",
            "ro",
        )
    )
    with running(container, 5432, "postgres", secrets) as place:
        yield place


@contextmanager
def valkey(folder: Path) -> Generator[Place]:
    secrets = _open_to_containers(folder / "secrets", "back-redis")
    container = (
        DockerContainer("valkey/valkey:9")
        .with_volume_mapping(str(secrets / "back-redis"), "/run/secrets/back-redis", "ro")
        .with_volume_mapping(
            _readable_in_containers(folder, ROOT / "back-redis/redis.conf"), "/config/redis.conf", "ro"
        )
        .with_command("valkey-server /config/redis.conf --bind 0.0.0.0 --aclfile /run/secrets/back-redis/users.acl")
    )
    with running(container, 6379, "redis", secrets) as place:
        yield place


@contextmanager
def cassandra(folder: Path) -> Generator[Place]:
    container = (
        DockerContainer("cassandra:5.0")
        .with_volume_mapping(
            _readable_in_containers(folder, ROOT / "deploy/config/cassandra.yaml"), "/config/cassandra.yaml", "ro"
        )
        .with_kwargs(entrypoint=["bash", "-c", CASSANDRA_START])
    )
    with running(container, 9042, "cql", folder / "secrets") as place:
        yield place
