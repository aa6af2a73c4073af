"""The typed edge of cassandra-driver, which has no types: opening a session, blocking calls, and its errors."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from cassandra import DriverException
from cassandra.auth import PlainTextAuthProvider
from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile, NoHostAvailable
from cassandra.connection import ConnectionException
from cassandra.policies import ConstantReconnectionPolicy, RoundRobinPolicy, TokenAwarePolicy
from cassandra.protocol import ErrorMessage
from cassandra.query import BatchStatement, BatchType, dict_factory  # pyright: ignore[reportUnknownVariableType]

from shared.utils.failures import Verdict, verdict_for

REQUEST_SECONDS = 4.0
CONNECT_SECONDS = 3.0
RECONNECT_SECONDS = 0.25
Row = dict[str, Any]
ERRORS: tuple[type[Exception], ...] = (NoHostAvailable, DriverException, ErrorMessage, ConnectionException, OSError)
"""All that a statement or a connect can raise: away, refused, not set up yet."""


def is_away(error: Exception) -> bool:
    """Whether Cassandra is down, too slow, or lost the connection, by the table of failures; else it refused this statement."""
    names = [kind.__name__ for kind in type(error).__mro__]
    return verdict_for("cassandra", *names, "DriverException") is Verdict.AWAY


class Pending(Protocol):
    """cassandra-driver's `ResponseFuture`; both callbacks run in the reactor's thread."""

    def add_callbacks(self, callback: Callable[[list[Row]], None], errback: Callable[[Exception], None]) -> None: ...


class Session(Protocol):
    """cassandra-driver's `Session`: `execute` and `prepare` block, `execute_async` does not."""

    cluster: Any
    keyspace: str

    def execute(self, query: str, parameters: Sequence[Any] | None = None) -> Any: ...
    def execute_async(self, query: Any, parameters: Sequence[Any] | None) -> Pending: ...
    def prepare(self, query: str) -> Any: ...


@dataclass(frozen=True)
class Login:
    """A role, where it logs in, and the keyspace that its statements mean (none for the superuser)."""

    host: str
    port: int
    user: str
    password: str
    keyspace: str | None = None


def connect(login: Login) -> Session:
    """A session with the libev reactor, or the driver's next best one where libev is not built in. Blocks; raises one of `ERRORS`."""
    logging.getLogger("cassandra").setLevel(logging.CRITICAL)  # it logs tracebacks of what is raised or retried anyway
    profile = ExecutionProfile(
        load_balancing_policy=TokenAwarePolicy(RoundRobinPolicy()),
        request_timeout=REQUEST_SECONDS,
        row_factory=dict_factory,
    )
    cluster = Cluster(
        [login.host],
        port=login.port,
        auth_provider=PlainTextAuthProvider(login.user, login.password),
        protocol_version=5,
        connect_timeout=CONNECT_SECONDS,  # pyright: ignore[reportArgumentType]
        control_connection_timeout=CONNECT_SECONDS,
        reconnection_policy=ConstantReconnectionPolicy(RECONNECT_SECONDS, max_attempts=None),  # pyright: ignore[reportArgumentType]
        execution_profiles={EXEC_PROFILE_DEFAULT: profile},
    )
    try:
        return cast(Session, cluster.connect(login.keyspace))  # pyright: ignore[reportUnknownMemberType]
    except BaseException:
        cluster.shutdown()
        raise


def close(session: Session) -> None:
    """Ends the session and its cluster's threads. Blocks."""
    session.cluster.shutdown()


def unlogged_batch(statements: Sequence[tuple[Any, Sequence[Any]]]) -> Any:
    """Prepared statements with their values, as one request without a batch log: for rows of one partition."""
    batch = BatchStatement(BatchType.UNLOGGED)
    for prepared, values in statements:
        batch.add(prepared, values)  # pyright: ignore[reportUnknownMemberType]
    return batch


def rows(session: Session, query: str, *parameters: Any) -> list[Row]:
    """The rows of one statement. Blocks; for set-up, not for serving."""
    return list(session.execute(query, parameters or None))


def applied(session: Session, query: str, *parameters: Any) -> bool:
    """Whether a lightweight transaction (`... IF ...`) was applied. Blocks."""
    return bool(session.execute(query, parameters).one()["[applied]"])
