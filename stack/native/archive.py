"""Records a class-data archive of a server that is started, logged in to and stopped once."""

import asyncio
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from stack.errors import StackError
from stack.native.privileges import die_with_parent
from stack.ports import free_ports
from stack.runner.probes import cql_ready

Command = Callable[[Path, tuple[int, int], list[str]], list[str | Path]]
PATIENCE_SECONDS = 600


def record(archive: Path, command: Command) -> None:
    """Raises StackError when the server does not come up."""
    with tempfile.TemporaryDirectory(prefix="cassandra-archive-", dir=archive.parent) as folder:
        ports = free_ports(2)
        fresh = archive.with_suffix(".new")
        parts = command(Path(folder), (ports[0], ports[1]), [f"-XX:ArchiveClassesAtExit={fresh}"])
        server = subprocess.Popen([str(part) for part in parts], preexec_fn=die_with_parent)
        try:
            _wait(server, ports[0])
        finally:
            server.terminate()
            server.wait()
        fresh.replace(archive)


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not asyncio.run(cql_ready("127.0.0.1", port, ["cassandra"])):
        if server.poll() is not None or time.monotonic() > deadline:
            raise StackError("Cassandra did not start to record its classes")
        time.sleep(0.2)
