"""Our own services as processes for integration tests: started on a free port, ended with the tests however these end.

`from tests.services import back_postgres_url` in a conftest gives a back-postgres over that session's `postgres_server`.
"""

import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import IO

import httpx
import pytest

from stack.native.privileges import die_with_parent
from stack.native.servers import Place
from stack.paths import ROOT
from stack.ports import free_ports
from tests.waiting import PATIENCE_SECONDS, eventually

Process = subprocess.Popen[bytes]
STOP_SECONDS = PATIENCE_SECONDS


def start(name: str, settings: Mapping[str, str], *arguments: str, output: IO[bytes] | None = None) -> Process:
    """`name`/main.py, leader of a group of its own; not ready yet, and the caller's to end. Its log goes to `output`."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / name / "main.py"), *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), **settings},
        start_new_session=True,
        preexec_fn=die_with_parent,
        stdout=output,
    )


def answers(url: str) -> bool:
    """Whether a GET of `url` is answered with 200."""
    try:
        return httpx.get(url, timeout=3).status_code == 200
    except httpx.HTTPError:
        return False


@contextmanager
def running(
    name: str, settings: Mapping[str, str], *, path: str = "/health/ready", output: IO[bytes] | None = None
) -> Generator[str]:
    """The service at `settings["PORT"]` until the end of the block; its address, once `path` there is answered."""
    process = start(name, settings, output=output)
    url = f"http://127.0.0.1:{settings['PORT']}"

    def came_up() -> bool:
        assert process.poll() is None, f"{name} ended with code {process.returncode}"
        return answers(url + path)

    try:
        eventually(came_up, f"{name} answers {url}{path}")
        yield url
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


@contextmanager
def back_postgres(place: Place, *, port: int = 0, output: IO[bytes] | None = None) -> Generator[str]:
    """back-postgres over the PostgreSQL at `place`, on a free port unless `port` says which; its address."""
    settings = {
        "PORT": str(port or free_ports(1)[0]),
        "POSTGRES_HOST": place.host,
        "POSTGRES_PORT": str(place.port),
        "POSTGRES_DB": "dashboard",
        "SECRETS_DIR": str(place.secrets / "back-postgres"),
        "LOG_LEVEL": "WARNING",
    }
    with running("back-postgres", settings, output=output) as url:
        yield url


@contextmanager
def back_cassandra(place: Place, *, output: IO[bytes] | None = None) -> Generator[str]:
    """back-cassandra over the Cassandra at `place`, on a free port; its address."""
    settings = {
        "PORT": str(free_ports(1)[0]),
        "CASSANDRA_HOST": place.host,
        "CASSANDRA_PORT": str(place.port),
        "SECRETS_DIR": str(place.secrets / "back-cassandra"),
        "LOG_LEVEL": "WARNING",
    }
    with running("back-cassandra", settings, output=output) as url:
        yield url


@pytest.fixture(scope="session")
def back_postgres_url(postgres_server: Place) -> Generator[str]:
    """A back-postgres of this session."""
    with back_postgres(postgres_server) as url:
        yield url
