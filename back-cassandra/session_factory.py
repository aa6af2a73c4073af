"""Opens the serving session, and on the way sets up whatever a fresh or older Cassandra lacks."""

import driver
import migrations
import structlog
from driver import Login, Session
from provisioning import APP, MIGRATIONS, provision
from settings import MigrationSettings

from shared.utils.ids import new_id

log = structlog.get_logger("setup")


def open_session(settings: MigrationSettings) -> Session:
    """The app role's session. Its quick way is one log-in; the superuser is only asked when that does not do.

    Blocks. Raises one of `driver.ERRORS`, or `MigrationError`.
    """
    known = migrations.load()
    session = _ready(settings, known)
    if session:
        return session
    provision(settings)
    _migrate(settings, known)
    return driver.connect(_login(settings, APP))


def _ready(settings: MigrationSettings, known: list[migrations.Migration]) -> Session | None:
    try:
        session = driver.connect(_login(settings, APP))
    except driver.ERRORS:
        return None
    try:
        if not migrations.pending(session, known):
            return session
    except driver.ERRORS as error:
        log.info("not set up yet", problem=str(error))
    except BaseException:
        driver.close(session)
        raise
    driver.close(session)
    return None


def _migrate(settings: MigrationSettings, known: list[migrations.Migration]) -> None:
    session = driver.connect(_login(settings, MIGRATIONS))
    try:
        migrations.migrate(session, known, owner=new_id())
    finally:
        driver.close(session)


def _login(settings: MigrationSettings, role: str) -> Login:
    secret = settings.cassandra_app_password if role == APP else settings.cassandra_migrations_password
    return Login(
        settings.cassandra_host, settings.cassandra_port, role, secret.get_secret_value(), settings.cassandra_keyspace
    )
