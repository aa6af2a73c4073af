"""The providers, run once for all pacts."""

from collections.abc import Generator

import pytest

from stack.native.servers import Place
from tests.pacts.running import providers as running_providers
from tests.pacts.states import Providers
from tests.servers import cassandra_server, postgres_server, redis_server, servers_folder
from tests.service_callers import Signing

__all__ = ["cassandra_server", "postgres_server", "redis_server", "servers_folder"]


@pytest.fixture(scope="session")
def providers(postgres_server: Place, cassandra_server: Place, redis_server: Place) -> Generator[Providers]:
    with running_providers(postgres_server, cassandra_server, redis_server) as urls:
        yield Providers(urls, Signing.from_secrets(redis_server.secrets), redis_server.secrets, redis_server.port)
