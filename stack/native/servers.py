"""Throw-away servers for tests: started on free ports with a folder of their own, ended with the process that asked."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stack.errors import StackError
from stack.native.privileges import NOBODY, die_with_parent
from stack.paths import ROOT
from stack.ports import free_ports
from stack.runner.health import is_ready
from stack.secrets import Owners, Store, make_all
from stack.topology import Probe

PATIENCE_SECONDS = 600
TESTS_PASSWORD = "tests"
ACL_FOR_TESTS = (f"user tests on >{TESTS_PASSWORD} ~* &* +@all",)


@dataclass(frozen=True)
class Place:
    """Where a server answers, and the folder with the secrets of every service."""

    host: str
    port: int
    secrets: Path

    def secret(self, name: str) -> str:
        """By path, for example `back-postgres/postgres_app_password`."""
        return (self.secrets / name).read_text().strip()


@contextmanager
def scratch(place: Path | None = None) -> Generator[Path]:
    """A folder, below `place` when it is given, with fresh secrets for all services in `secrets`."""
    folder = Path(tempfile.mkdtemp(prefix="tools-dashboard-", dir=place))
    folder.chmod(0o711)
    try:
        owners = Owners(servers=NOBODY if os.geteuid() == 0 else None)
        make_all(Store(folder / "secrets", owners), development=True, acl_extra=ACL_FOR_TESTS)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server(
    module: str, probe: Probe, folder: Path, environment: Mapping[str, str], *, root: Path = ROOT
) -> Generator[None]:
    """`stack.native.<module>` of the clone at `root` until the end of the block.

    Raises StackError with its words when it does not come up.
    """
    log = folder / f"{module}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", f"stack.native.{module}"],
            cwd=root,
            env={**os.environ, "STACK_DIR": str(folder), "PYTHONPATH": str(root), **environment},
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    try:
        _wait(process, probe, log)
        yield
    finally:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", probe: Probe, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not asyncio.run(is_ready(probe)):
        ended = process.poll() is not None
        late = time.monotonic() > deadline
        if ended or late:
            why = f"ended with code {process.returncode}" if ended else f"was not ready within {PATIENCE_SECONDS} s"
            raise StackError(f"{log.stem} did not start, it {why}. Its log:\n{log.read_text(errors='replace')}")
        time.sleep(0.05)


@contextmanager
def postgres(folder: Path) -> Generator[Place]:
    (port,) = free_ports(1)
    environment = {"POSTGRES_PORT": str(port), "SECRETS_DIR": str(folder / "secrets" / "postgres")}
    with server("postgres", Probe("postgres", str(port)), folder, environment):
        yield Place("127.0.0.1", port, folder / "secrets")


@contextmanager
def valkey(folder: Path) -> Generator[Place]:
    (port,) = free_ports(1)
    environment = {"REDIS_PORT": str(port), "SECRETS_DIR": str(folder / "secrets" / "back-redis")}
    with server("valkey", Probe("redis", str(port)), folder, environment):
        yield Place("127.0.0.1", port, folder / "secrets")


@contextmanager
def cassandra(folder: Path) -> Generator[Place]:
    """Its superuser has the first password still: back-cassandra's provisioning changes it to the secret one."""
    port, storage_port = free_ports(2)
    environment = {"CASSANDRA_PORT": str(port), "CASSANDRA_STORAGE_PORT": str(storage_port)}
    with server("cassandra", Probe("cql", str(port)), folder, environment):
        yield Place("127.0.0.1", port, folder / "secrets")
