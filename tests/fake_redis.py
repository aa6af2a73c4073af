"""A Redis server inside this process, for unit tests: what speaks to it is the real `RedisConnection`.

It knows no users and no rights; the same tests run on the real server as integration tests.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fakeredis import FakeAsyncRedis, FakeRedis, FakeServer
from redis import Redis

from back_redis import connection
from stack.native.servers import TESTS_PASSWORD, Place

PORT = 6379


@dataclass(frozen=True)
class FakePlace(Place):
    """The place of a fake server."""

    server: FakeServer


@contextmanager
def fake_redis(folder: Path) -> Generator[Place]:
    """Every RedisConnection that is made during the block speaks to one fake server; at another port than its own nobody
    answers. Secrets are those below `folder`."""
    server = FakeServer(version=(7,))
    nobody = FakeServer()
    nobody.connected = False

    def client(*, port: int, **options: Any) -> FakeAsyncRedis:
        options = {name: options[name] for name in ("protocol", "decode_responses", "max_connections", "retry")}
        return FakeAsyncRedis(server=server if port == PORT else nobody, **options)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(connection, "Redis", client)
        yield FakePlace("fake", PORT, folder / "secrets", server)


def administrator(place: Place) -> Redis:
    """The library's own blocking client, which may do everything."""
    if isinstance(place, FakePlace):
        return FakeRedis(server=place.server, decode_responses=True)
    return Redis(host=place.host, port=place.port, username="tests", password=TESTS_PASSWORD, decode_responses=True)
