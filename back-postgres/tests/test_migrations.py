"""Migrations: once, in order, never edited, and only by the role that owns the schema."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

import migrate
from migrate import Migration, WrongMigrations
from settings import Settings
from stack.native.servers import Place
from tests.client import superuser

NAMES = [migration.name for migration in migrate.read_migrations()]


@pytest.mark.parametrize(
    "names", [["0002_b.sql"], ["0001_a.sql", "0003_c.sql"], ["0001-a.sql"], ["0001_a.sql", "0001_b.sql"]]
)
def test_a_wrong_number_or_name_is_refused(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("SELECT 1")
    with pytest.raises(WrongMigrations):
        migrate.read_migrations(tmp_path)


@pytest.mark.integration
async def test_replicas_that_start_together_migrate_once(empty: Settings) -> None:
    ran = await asyncio.gather(*(migrate.run(empty) for _ in range(4)))
    assert sorted(map(len, ran)) == [0, 0, 0, len(NAMES)]
    assert await migrate.run(empty) == []


@pytest.mark.integration
async def test_a_migration_that_was_edited_later_stops_the_start(empty: Settings) -> None:
    await migrate.run(empty)
    edited = [Migration(number=1, name="0001_users", sql="SELECT 1")]
    connection = await migrate.connect_migrations(empty)
    with pytest.raises(WrongMigrations, match="0001_users"):
        await migrate.migrate(connection, edited)
    await connection.close()


@pytest.mark.integration
async def test_a_migration_that_fails_leaves_nothing_behind(empty: Settings, postgres_server: Place) -> None:
    broken = [Migration(number=1, name="0001_x", sql="CREATE TABLE half (id int); SELECT 1 / 0")]
    connection = await migrate.connect_migrations(empty)
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate.migrate(connection, broken)
    await connection.close()
    async with superuser(postgres_server, empty.postgres_db) as sql:
        assert await sql.fetchval("SELECT to_regclass('half')") is None
        assert await sql.fetchval("SELECT count(*) FROM schema_migrations") == 0
