"""A real server with the real configuration, secrets and ACL that a test can kill and start again."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from redis import Redis

from back_redis.connection import RedisConnection
from stack.native.privileges import die_with_parent
from stack.native.servers import TESTS_PASSWORD
from stack.paths import ROOT
from stack.ports import free_ports
from stack.secrets import Store

ADMINISTRATOR = "tests"
PATIENCE_SECONDS = 20


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
        self._wait()

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

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
            except OSError:
                assert time.monotonic() < deadline, (self._folder / "valkey.log").read_text()
                time.sleep(0.02)
            else:
                return
