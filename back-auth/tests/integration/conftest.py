"""back-auth and back-postgres as processes, on the real PostgreSQL and the real Redis."""

import os
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import contextmanager

import httpx
import pytest
import pytest_asyncio
from redis import Redis

from stack.native.privileges import die_with_parent
from stack.native.servers import TESTS_PASSWORD, Place
from stack.paths import ROOT
from stack.ports import free_ports
from tests.servers import postgres_server

__all__ = ["postgres_server"]
PATIENCE_SECONDS = 40


@contextmanager
def service(name: str, place: Place, port: int, environment: Mapping[str, str]) -> Generator[str]:
    """`name` as a process; its address, once it answers."""
    given = {"PYTHONPATH": str(ROOT), "PORT": str(port), "SECRETS_DIR": str(place.secrets / name), **environment}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / name / "main.py")],
        env=os.environ | given,
        stdout=subprocess.DEVNULL,
        preexec_fn=die_with_parent,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _until_ready(url)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _until_ready(url: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            if httpx.get(f"{url}/health/ready", timeout=3).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        assert time.monotonic() < deadline, f"{url} is not ready"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def postgres_port() -> int:
    (port,) = free_ports(1)
    return port


@pytest.fixture(scope="session")
def back_auth_url(redis_server: Place, postgres_port: int) -> Generator[str]:
    """Started before back-postgres, so that it has to wait for that."""
    (port,) = free_ports(1)
    with Redis(
        host=redis_server.host, port=redis_server.port, username="tests", password=TESTS_PASSWORD
    ) as administrator:
        administrator.flushall()  # pyright: ignore[reportUnknownMemberType]
    environment = {
        "ENVIRONMENT": "development",
        "REDIS_HOST": redis_server.host,
        "REDIS_PORT": str(redis_server.port),
        "BACK_POSTGRES_URL": f"http://127.0.0.1:{postgres_port}",
        "BACK_CASSANDRA_URL": "http://127.0.0.1:1",
    }
    with service("back-auth", redis_server, port, environment) as url:
        yield url


@pytest.fixture(scope="session")
def back_postgres_url(back_auth_url: str, postgres_server: Place, postgres_port: int) -> Generator[str]:
    environment = {
        "POSTGRES_HOST": postgres_server.host,
        "POSTGRES_PORT": str(postgres_server.port),
        "POSTGRES_DB": "dashboard",
    }
    with service("back-postgres", postgres_server, postgres_port, environment) as url:
        yield url


@pytest_asyncio.fixture
async def auth(back_auth_url: str, back_postgres_url: str) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of back-auth."""
    async with httpx.AsyncClient(base_url=back_auth_url, timeout=20) as client:
        yield client
