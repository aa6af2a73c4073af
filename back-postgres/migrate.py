"""Brings the schema up to date: `python back-postgres/migrate.py`, and at each start of the service.

Plain SQL, forward only: `migrations/NNNN_name.sql`, each in a transaction, each recorded with its checksum.
An advisory lock lets one of several replicas run them while the others wait.
"""

import asyncio
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import structlog

from connection import Connection, connect_migrations
from settings import Settings

FOLDER = Path(__file__).parent / "migrations"
LOCK = 8102_0001
MINUTES = 10 * 60.0
_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
log = structlog.get_logger("migrate")


class WrongMigrations(Exception):
    """A migration has a wrong name or number, or was changed after it ran."""


@dataclass(frozen=True)
class Migration:
    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def read_migrations(folder: Path = FOLDER) -> list[Migration]:
    """The migrations in `folder`, in order.

    Raises:
        WrongMigrations: a name is wrong, or the numbers are not 1, 2, 3, ...
    """
    found: list[Migration] = []
    for path in sorted(folder.glob("*.sql")):
        name = _NAME.fullmatch(path.name)
        if not name or int(name[1]) != len(found) + 1:
            raise WrongMigrations(f"{path.name}: expected {len(found) + 1:04}_<what_it_does>.sql")
        found.append(Migration(number=int(name[1]), name=path.stem, sql=path.read_text(encoding="utf-8")))
    return found


async def migrate(connection: Connection, migrations: list[Migration]) -> list[str]:
    """Runs what has not run yet and returns its names.

    Raises:
        WrongMigrations: one that ran before has another text now.
    """
    await connection.execute(f"SELECT pg_advisory_lock({LOCK})", timeout=MINUTES)
    try:
        return await _run_missing(connection, migrations)
    finally:
        await connection.execute(f"SELECT pg_advisory_unlock({LOCK})")


async def _run_missing(connection: Connection, migrations: list[Migration]) -> list[str]:
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_migrations"
        " (number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, run_at timestamptz DEFAULT now())"
    )
    rows = await connection.fetch("SELECT number, checksum FROM schema_migrations")
    done = {row["number"]: row["checksum"] for row in rows}
    for migration in migrations:
        if done.get(migration.number, migration.checksum) != migration.checksum:
            raise WrongMigrations(f"{migration.name} was changed after it ran; write a new migration instead")
    missing = [migration for migration in migrations if migration.number not in done]
    for migration in missing:
        await _run(connection, migration)
    return [migration.name for migration in missing]


async def _run(connection: Connection, migration: Migration) -> None:
    async with connection.transaction():
        await connection.execute(migration.sql, timeout=MINUTES)
        await connection.execute(
            "INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)",
            migration.number, migration.name, migration.checksum,
        )  # fmt: skip
    log.info("migrated", migration=migration.name)


async def run(settings: Settings) -> list[str]:
    """Connects as the schema's owner, migrates and disconnects: the service keeps no such session."""
    connection = await connect_migrations(settings)
    try:
        return await migrate(connection, read_migrations())
    finally:
        await connection.close(timeout=2)


if __name__ == "__main__":
    names = asyncio.run(run(Settings.load()))
    print("\n".join(names) or "The schema is up to date.")
