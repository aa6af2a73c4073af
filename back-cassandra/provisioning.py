"""Keyspace and roles, made by the superuser; each step may be repeated. Blocks: run it in a thread.

What a role may is declared in boundaries.yaml; what it was given beyond that is taken back.
"""

from dataclasses import replace

import driver
import structlog
from driver import Login, Session
from settings import MigrationSettings

from shared.contracts import boundaries

APP = "dashboard_app"
MIGRATIONS = "dashboard_migrations"
SUPERUSER = "cassandra"
DEFAULT_PASSWORD = "cassandra"
log = structlog.get_logger("provisioning")


def provision(settings: MigrationSettings) -> None:
    """Makes what is missing, and sets every password to the secret's. Raises one of `driver.ERRORS`."""
    session = _superuser(settings)
    try:
        _make_keyspace(session, settings)
        _make_role(session, MIGRATIONS, settings.cassandra_migrations_password.get_secret_value(), settings)
        _make_role(session, APP, settings.cassandra_app_password.get_secret_value(), settings)
    finally:
        driver.close(session)
    log.info("keyspace and roles are in place", keyspace=settings.cassandra_keyspace)


def _superuser(settings: MigrationSettings) -> Session:
    """Logs in with the secret; on first contact with the well-known password, which is changed at once."""
    secret = settings.cassandra_superuser_password.get_secret_value()
    login = Login(settings.cassandra_host, settings.cassandra_port, SUPERUSER, secret)
    try:
        return driver.connect(login)
    except driver.ERRORS:
        session = driver.connect(replace(login, password=DEFAULT_PASSWORD))
    session.execute(f"ALTER ROLE {SUPERUSER} WITH PASSWORD = {_quoted(secret)}")
    log.info("changed the superuser's default password")
    return session


def _make_keyspace(session: Session, settings: MigrationSettings) -> None:
    session.execute(
        f"CREATE KEYSPACE IF NOT EXISTS {settings.cassandra_keyspace} WITH replication = "
        f"{{'class': 'NetworkTopologyStrategy', 'replication_factor': {settings.cassandra_replication}}}"
    )


def _make_role(session: Session, role: str, password: str, settings: MigrationSettings) -> None:
    if not _logs_in(Login(settings.cassandra_host, settings.cassandra_port, role, password)):
        known = {row["role"] for row in driver.rows(session, "LIST ROLES")}
        verb = "ALTER ROLE" if role in known else "CREATE ROLE IF NOT EXISTS"
        session.execute(f"{verb} {role} WITH PASSWORD = {_quoted(password)} AND LOGIN = true")
    _give(session, role, settings.cassandra_keyspace)


def _give(session: Session, role: str, keyspace: str) -> None:
    rights = {right.upper() for right in boundaries.load().services["back-cassandra"].roles[role].may}
    own = f"<keyspace {keyspace}>"
    known = [(row["resource"], row["permission"]) for row in driver.rows(session, f"LIST ALL PERMISSIONS OF {role}")]
    for right in sorted(rights - {right for resource, right in known if resource == own}):
        session.execute(f"GRANT {right} ON KEYSPACE {keyspace} TO {role}")
    for right in sorted({right for resource, right in known if resource == own} - rights):
        session.execute(f"REVOKE {right} ON KEYSPACE {keyspace} FROM {role}")
        log.warning("took back a right that is not declared", role=role, permission=right)


def _logs_in(login: Login) -> bool:
    try:
        driver.close(driver.connect(login))
    except driver.ERRORS:
        return False
    return True


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
