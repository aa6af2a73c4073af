"""The pool, and how PostgreSQL's failures become errors that a caller understands."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from connection import FAILURES, LOST, Connection, Pool, Row
from shared.chassis import tracing
from shared.utils.errors import Conflict, Invalid, NotFound, ServiceError, Unavailable
from shared.utils.failures import Verdict, verdict_for
from traced_connection import traced

ACQUIRE_SECONDS = 2.0
DEPENDENCY = "postgres"
REFUSALS: dict[str, Callable[[], ServiceError]] = {
    "23503": lambda: NotFound("Something that this refers to does not exist."),
    "23502": lambda: Invalid("A value is missing or does not fit."),
    "23514": lambda: Invalid("A value is missing or does not fit."),
    "23": Conflict,
    "22": lambda: Invalid("A value does not fit."),
    "54": lambda: Invalid("A value does not fit."),
}
"""By SQLSTATE or its class."""


def _unavailable() -> Unavailable:
    return Unavailable("The database does not answer; try again in a moment.", dependency=DEPENDENCY, retry_after=1)


def to_service_error(error: Exception) -> ServiceError | None:
    """The error that a caller gets for `error`, by SQLSTATE (shared.utils.failures); None when it is a defect of ours."""
    if isinstance(error, ValueError):  # asyncpg refuses a value before it is sent: a number beyond the column's range
        return Invalid("A value does not fit.")
    if isinstance(error, LOST):
        return _unavailable()
    state = str(getattr(error, "sqlstate", ""))
    if verdict_for("postgres", state, state[:2], "xx") is Verdict.AWAY:
        return _unavailable()
    refusal = REFUSALS.get(state) or REFUSALS.get(state[:2])
    return refusal() if refusal else None


def _repeatable(error: Exception) -> bool:
    """Whether only the transaction is lost, and not the session: a conflict with another transaction."""
    state = str(getattr(error, "sqlstate", ""))
    return state[:2] == "40" or state == "55P03"


@contextmanager
def translate_errors() -> Generator[None]:
    """Raises a PostgreSQL error within the block as the `ServiceError` that it means, with the error as its cause.

    Raises:
        Unavailable: PostgreSQL is down, restarting, overloaded or too slow.
        Conflict, NotFound, Invalid: a constraint or a type refused a value.
    """
    try:
        yield
    except FAILURES as error:
        meaning = to_service_error(error)
        if meaning is None:
            raise
        raise meaning from error


class Database:
    """Runs statements of the repositories; each method may raise what `translate_errors` says."""

    def __init__(self) -> None:
        self.pool: Pool | None = None

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[Connection]:
        """A session out of the pool; each statement commits by itself."""
        with tracing.client_span(DEPENDENCY, "session", root=False) as span, translate_errors():
            if self.pool is None:
                raise _unavailable()
            context = self.pool.acquire()
            async with asyncio.timeout(ACQUIRE_SECONDS):
                connection = await context.__aenter__()
            try:
                yield traced(connection, span) if span else connection
            except FAILURES as error:
                if isinstance(to_service_error(error), Unavailable) and not _repeatable(error):
                    connection.terminate()  # its state is unknown; the pool opens another one
                raise
            finally:
                await context.__aexit__(None, None, None)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Connection]:
        """A session in a transaction that commits at the end of the block and rolls back on an error."""
        async with self.session() as connection, connection.transaction():
            yield connection

    async def fetch_one(self, query: str, *args: object) -> Row | None:
        """The first row, or None."""
        async with self.session() as connection:
            return await connection.fetchrow(query, *args)

    async def fetch_all(self, query: str, *args: object) -> list[Row]:
        async with self.session() as connection:
            return await connection.fetch(query, *args)

    async def fetch_value(self, query: str, *args: object) -> Any:
        """The first column of the first row, or None."""
        async with self.session() as connection:
            return await connection.fetchval(query, *args)

    async def execute(self, query: str, *args: object) -> int:
        """The number of rows that the statement affected."""
        async with self.session() as connection:
            status = await connection.execute(query, *args)
        return int(status.rpartition(" ")[2])

    async def ready(self) -> None:
        """Raises when PostgreSQL does not answer a query, or the schema is not there yet."""
        await self.fetch_value("SELECT 1")
