"""The servers that refuse: PostgreSQL, Cassandra and Redis with their roles, and the two repository services over them."""

from collections.abc import Generator
from pathlib import Path

import pytest

from stack.native.servers import Place
from stack.secrets import Store, make_signing_key, publish_signing_keys
from tests.servers import cassandra_server, postgres_server, redis_server, servers_folder
from tests.service_callers import Signing
from tests.services import back_cassandra, back_postgres
from tests.violations.attempt import Token
from tests.violations.callee import Callee, Signers

collect_ignore = ["sample"]
__all__ = ["cassandra_server", "postgres_server", "redis_server", "servers_folder"]


@pytest.fixture(scope="session")
def on_postgres(postgres_server: Place, tmp_path_factory: pytest.TempPathFactory) -> Generator[Callee]:
    """A back-postgres; its migrations have run."""
    log = tmp_path_factory.mktemp("back-postgres") / "log"
    with log.open("wb") as output, back_postgres(postgres_server, output=output) as url:
        yield Callee("back-postgres", url, log)


@pytest.fixture(scope="session")
def on_cassandra(cassandra_server: Place, tmp_path_factory: pytest.TempPathFactory) -> Generator[Callee]:
    """A back-cassandra; keyspace, roles and tables are there."""
    log = tmp_path_factory.mktemp("back-cassandra") / "log"
    with log.open("wb") as output, back_cassandra(cassandra_server, output=output) as url:
        yield Callee("back-cassandra", url, log)


@pytest.fixture(scope="session")
def callees(on_postgres: Callee, on_cassandra: Callee) -> list[Callee]:
    return [on_postgres, on_cassandra]


@pytest.fixture(scope="session")
def signers(servers_folder: Path, callees: list[Callee]) -> Signers:
    """Ours, and one whose key was believed until it was removed."""
    store = Store(servers_folder / "secrets")
    retired = Signing.from_secrets(store.root)
    make_signing_key(store, another=True)
    publish_signing_keys(store)
    signers = Signers(Signing.from_secrets(store.root), retired)
    for callee in callees:
        assert callee.shown(Token(signed_by="retired"), signers).status_code not in (401, 403)
    (store.root / "back-auth" / "jwt_keys" / f"{retired.key_id}.pem").unlink()
    publish_signing_keys(store)
    return signers
