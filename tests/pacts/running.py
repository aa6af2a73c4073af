"""The providers as they run: four services as processes, on the real PostgreSQL, Cassandra and Redis."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from stack.native.servers import Place
from stack.ports import free_ports
from tests.services import back_postgres, running

Urls = dict[str, str]
"""Addresses by the name of the service."""


@contextmanager
def providers(postgres: Place, cassandra: Place, redis: Place) -> Generator[Urls]:
    """Until the end of the block; each is ready."""
    urls: Urls = {}
    with ExitStack() as stack:
        urls["back-postgres"] = stack.enter_context(back_postgres(postgres))
        for name, settings in (
            ("back-cassandra", {"CASSANDRA_HOST": cassandra.host, "CASSANDRA_PORT": str(cassandra.port)}),
            ("back-auth", {"REDIS_HOST": redis.host, "REDIS_PORT": str(redis.port)}),
            ("back-api", {"REDIS_HOST": redis.host, "REDIS_PORT": str(redis.port)}),
        ):
            known = {f"{peer.upper().replace('-', '_')}_URL": url for peer, url in urls.items()}
            own = {"PORT": str(free_ports(1)[0]), "SECRETS_DIR": str(redis.secrets / name), "LOG_LEVEL": "ERROR"}
            urls[name] = stack.enter_context(running(name, {**known, **settings, **own}))
        yield urls
