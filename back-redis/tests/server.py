"""A real server with the real configuration, secrets and ACL that a test can kill and start again."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from redis import ConnectionError as NotConnected
from redis import Redis

from back_redis.connection import RedisConnection
from stack.native.privileges import die_with_parent
from stack.native.servers import TESTS_PASSWORD
from stack.paths import ROOT
from stack.ports import free_ports
from stack.secrets import Store
from tests.waiting import eventually

ADMINISTRATOR = "tests"


class RedisServer:
    """`folder` is one of `stack.native.servers.scratch`; the data in it survives a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._secrets = Store(folder / "secrets")
        (self.port,) = free_ports(1)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        environment = {
            "STACK_DIR": str(self._folder),
            "SECRETS_DIR": str(self._folder / "secrets" / "back-redis"),
            "REDIS_PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
        }
        with (self._folder / "valkey.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "stack.native.valkey"],
                cwd=ROOT,
                env=os.environ | environment,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
            )
        eventually(self._answers, f"valkey answers on port {self.port}")

    def stop(self) -> None:
        """kill -9."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def connect(self, user: str) -> RedisConnection:
        administrator = user == ADMINISTRATOR
        password = TESTS_PASSWORD if administrator else self._secrets.read(user, "redis_password") or ""
        return RedisConnection(host="127.0.0.1", port=self.port, username=user, password=password)

    def administrator(self) -> Redis:
        """The library's own blocking client, which may do everything."""
        return Redis(port=self.port, username=ADMINISTRATOR, password=TESTS_PASSWORD, decode_responses=True)

    def calls(self, command: str) -> int:
        """How many of these commands it has executed since it was started."""
        with self.administrator() as administrator:
            stats: Any = administrator.info("commandstats")  # pyright: ignore[reportUnknownMemberType]
        return stats.get(f"cmdstat_{command}", {"calls": 0})["calls"]

    def _answers(self) -> bool:
        assert self._process
        assert self._process.poll() is None, (self._folder / "valkey.log").read_text()
        try:
            with self.administrator() as administrator:
                return bool(administrator.ping())  # pyright: ignore[reportUnknownMemberType]
        except NotConnected:
            return False
