"""Keyspace, roles and tables: made once, by whoever comes first, and kept to what each role may do."""

import threading
from pathlib import Path
from uuid import uuid4

import driver
import migrations
import pytest
from provisioning import APP, MIGRATIONS, SUPERUSER, provision
from session_factory import open_session
from settings import MigrationSettings

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def fresh(settings: MigrationSettings) -> MigrationSettings:
    """Of a keyspace that does not exist yet."""
    return settings.model_copy(update={"cassandra_keyspace": f"test_{uuid4().hex[:8]}"})


def as_migrations(settings: MigrationSettings) -> driver.Session:
    password = settings.cassandra_migrations_password.get_secret_value()
    return driver.connect(
        driver.Login(
            settings.cassandra_host, settings.cassandra_port, MIGRATIONS, password, settings.cassandra_keyspace
        )
    )


def test_two_replicas_that_start_at_once_migrate_once(fresh: MigrationSettings) -> None:
    provision(fresh)
    provision(fresh)
    names: list[str] = []

    def replica() -> None:
        session = as_migrations(fresh)
        names.extend(migrations.migrate(session, migrations.load(), owner=uuid4().hex))
        driver.close(session)

    threads = [threading.Thread(target=replica) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names == [migration.name for migration in migrations.load()]


def test_a_right_that_is_not_declared_is_taken_back(fresh: MigrationSettings) -> None:
    driver.close(open_session(fresh))
    secret = fresh.cassandra_superuser_password.get_secret_value()
    login = driver.Login(fresh.cassandra_host, fresh.cassandra_port, SUPERUSER, secret)
    session = driver.connect(login)
    try:
        session.execute(f"GRANT DROP ON KEYSPACE {fresh.cassandra_keyspace} TO {APP}")
        provision(fresh)
        permissions = driver.rows(session, f"LIST ALL PERMISSIONS ON KEYSPACE {fresh.cassandra_keyspace} OF {APP}")
    finally:
        driver.close(session)
    assert {row["permission"] for row in permissions if "keyspace" in row["resource"]} == {"SELECT", "MODIFY"}


def test_the_default_password_of_the_superuser_is_gone(settings: MigrationSettings) -> None:
    login = driver.Login(settings.cassandra_host, settings.cassandra_port, "cassandra", "cassandra")
    with pytest.raises(driver.ERRORS):
        driver.connect(login)


def test_an_edited_migration_is_refused(fresh: MigrationSettings, tmp_path: Path) -> None:
    (tmp_path / "0001_login_events.cql").write_text("CREATE TABLE IF NOT EXISTS other (id int PRIMARY KEY);")
    session = as_migrations(fresh)
    try:
        with pytest.raises(migrations.MigrationError, match="0001_login_events"):
            migrations.pending(session, migrations.load(tmp_path))
    finally:
        driver.close(session)


def test_a_lock_whose_holder_died_expires(fresh: MigrationSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "LOCK_SECONDS", 1)
    session = as_migrations(fresh)
    try:
        session.execute("INSERT INTO schema_lock (name, owner) VALUES ('schema', 'dead') IF NOT EXISTS USING TTL 1")
        assert migrations.migrate(session, migrations.load(), owner="alive") == []
    finally:
        driver.close(session)
