"""Runs `migrations/NNNN_name.cql` in order, each once, one replica at a time. Blocks: run it in a thread.

A lightweight transaction holds the lock, which expires by itself when its holder dies. Cassandra has no transactional
DDL: a migration that was cut short runs again from its first statement, so each statement says IF NOT EXISTS.
"""

import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import driver
import structlog
from driver import Session

FOLDER = Path(__file__).parent / "migrations"
LOCK_SECONDS = 30
PATIENCE_SECONDS = 120.0
_LOCK = "schema"
_BOOTSTRAP = {
    "schema_lock": "name text PRIMARY KEY, owner text",
    "schema_migrations": "service text, version int, name text, checksum text, applied_at timestamp, "
    "PRIMARY KEY (service, version)",
}
log = structlog.get_logger("migrations")


class MigrationError(Exception):
    """A migration that was applied has been edited since, or the lock was lost or never free."""


@dataclass(frozen=True)
class Migration:
    version: int
    name: str
    statements: tuple[str, ...]
    checksum: str


def load(folder: Path = FOLDER) -> list[Migration]:
    """The migrations in `folder`, in order of their number."""
    return [_read(path) for path in sorted(folder.glob("[0-9]*_*.cql"))]


def _read(path: Path) -> Migration:
    text = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    statements = tuple(" ".join(part.split()) for part in text.split(";") if part.strip())
    checksum = hashlib.sha256(";".join(statements).encode()).hexdigest()
    return Migration(int(path.stem.partition("_")[0]), path.stem, statements, checksum)


def pending(session: Session, migrations: list[Migration]) -> list[Migration]:
    """Those that this keyspace has not seen.

    Raises:
        MigrationError: one that was applied has another content now.
    """
    applied = {
        row["version"]: row["checksum"]
        for row in driver.rows(session, "SELECT version, checksum FROM schema_migrations WHERE service = %s", _LOCK)
    }
    for migration in migrations:
        if applied.get(migration.version, migration.checksum) != migration.checksum:
            raise MigrationError(f"{migration.name}.cql was applied and then edited: add a new migration instead")
    return [migration for migration in migrations if migration.version not in applied]


def migrate(session: Session, migrations: list[Migration], owner: str) -> list[str]:
    """Applies what is pending and returns its names; waits while another replica (`owner`) does it."""
    for table, columns in _BOOTSTRAP.items():
        # An id of its name: two replicas that create it at the same moment mean the same table.
        table_id = uuid5(NAMESPACE_URL, f"{session.keyspace}/{table}")
        session.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns}) WITH ID = {table_id}")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _acquire(session, owner):
        if time.monotonic() > deadline:
            raise MigrationError("another replica has held the lock for too long")
        time.sleep(0.5)
    try:
        return [_apply(session, migration, owner) for migration in pending(session, migrations)]
    finally:
        driver.applied(session, "DELETE FROM schema_lock WHERE name = %s IF owner = %s", _LOCK, owner)


def _acquire(session: Session, owner: str) -> bool:
    insert = "INSERT INTO schema_lock (name, owner) VALUES (%s, %s) IF NOT EXISTS USING TTL %s"
    return driver.applied(session, insert, _LOCK, owner, LOCK_SECONDS)


def _apply(session: Session, migration: Migration, owner: str) -> str:
    renew = "UPDATE schema_lock USING TTL %s SET owner = %s WHERE name = %s IF owner = %s"
    for statement in migration.statements:
        if not driver.applied(session, renew, LOCK_SECONDS, owner, _LOCK, owner):
            raise MigrationError("the lock expired while a statement ran")
        session.execute(statement)
    session.execute(
        "INSERT INTO schema_migrations (service, version, name, checksum, applied_at) "
        "VALUES (%s, %s, %s, %s, toTimestamp(now()))",
        (_LOCK, migration.version, migration.name, migration.checksum),
    )
    log.info("applied a migration", migration=migration.name)
    return migration.name
