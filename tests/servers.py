# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""Real servers for integration tests: containers where a daemon has the image, else processes; the same tests on both.

`from tests.servers import cassandra_server, postgres_server, redis_server, servers_folder` in a conftest gives `postgres_server`, `redis_server` and `cassandra_server`, each a
`Place` (host, port, secret(name)), for the whole session. TEST_SERVERS=process or docker decides by hand.
Isolation is by truncation or by a name of one's own, never by a new server: see `empty_tables`.
"""

import os
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from stack.native import servers
from stack.native.servers import Place
from tests import server_containers as containers

Starter = Callable[[Path], AbstractContextManager[Place]]
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL($1)"


@pytest.fixture(scope="session")
def servers_folder() -> Generator[Path]:
    """Secrets and data of this session's servers."""
    with servers.scratch() as folder:
        yield folder


@pytest.fixture(scope="session")
def postgres_server(servers_folder: Path) -> Generator[Place]:
    """PostgreSQL 18 with the database `dashboard` and its two roles, without tables."""
    with _either("postgres:18", containers.postgres, servers.postgres)(servers_folder) as place:
        yield place


@pytest.fixture(scope="session")
def redis_server(servers_folder: Path) -> Generator[Place]:
    """Valkey 9 with the ACL of boundaries.yaml and one user more, `tests`, who may do everything."""
    with _either("valkey/valkey:9", containers.valkey, servers.valkey)(servers_folder) as place:
        yield place


@pytest.fixture(scope="session")
def cassandra_server(servers_folder: Path) -> Generator[Place]:
    """Cassandra 5 as a new node: superuser cassandra/cassandra, no keyspace of ours."""
    with _either("cassandra:5.0", containers.cassandra, servers.cassandra)(servers_folder) as place:
        yield place


async def empty_tables(place: Place, *, keep: tuple[str, ...] = ("schema_migrations",)) -> None:
    """Truncate all of PostgreSQL's tables but those in `keep`: milliseconds, where a new database takes longer."""
    import asyncpg

    password = place.secret("postgres/superuser_password")
    connection = await asyncpg.connect(
        host=place.host, port=place.port, user="postgres", password=password, database="dashboard"
    )
    try:
        names = [row[0] for row in await connection.fetch(TABLES, list(keep))]
        if names:
            await connection.execute(f"TRUNCATE {', '.join(names)} CASCADE")
    finally:
        await connection.close()


def _either(image: str, container: Starter, process: Starter) -> Starter:
    match os.environ.get("TEST_SERVERS"):
        case "process":
            return process
        case "docker":
            containers.go_without_reaper()
            return container
        case _:
            return container if containers.has_image(image) and containers.has_reaper() else process
