"""The providers, run once for all pacts."""

from collections.abc import Generator

import pytest

from stack.native.servers import Place
from tests.pacts.running import providers
from tests.pacts.states import World
from tests.servers import cassandra_server, postgres_server, redis_server, servers_folder
from tests.service_callers import Signing

__all__ = ["cassandra_server", "postgres_server", "redis_server", "servers_folder"]


@pytest.fixture(scope="session")
def world(postgres_server: Place, cassandra_server: Place, redis_server: Place) -> Generator[World]:
    with providers(postgres_server, cassandra_server, redis_server) as urls:
        yield World(urls, Signing.of(redis_server.secrets), redis_server.secrets)
