"""Cassandra from asyncio: statements over a session that a supervising task opens, watches and opens anew."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Protocol, Self

import driver
import structlog
from driver import Row, Session

from shared.chassis import tracing
from shared.chassis.background import Background
from shared.chassis.tracing.statements import name_of
from shared.utils.errors import Unavailable

RETRY_SECONDS = 0.5
WATCH_SECONDS = 5.0
RETRIED_SECONDS = 1.0
GIVE_UP_AFTER = 10  # failed pings; the driver's own reconnection (0.25 s) has long been tried then
PING = "SELECT version FROM schema_migrations LIMIT 1"
log = structlog.get_logger("database")


class Opener(Protocol):
    """Opens a session on a keyspace whose migrations are complete. Blocks."""

    def __call__(self) -> Session: ...


class Database:
    """Statements by text, prepared at first use. Use as an async context manager; it starts without Cassandra.

    Every call raises `Unavailable` while there is no session or Cassandra does not answer; all statements here are
    idempotent, so that the caller may try again.
    """

    def __init__(self, opener: Opener) -> None:
        self._open = opener
        self._session: Session | None = None
        self._prepared: dict[str, Any] = {}
        self._problem = "connecting"
        self._background = Background({"cassandra": self._keep})

    async def __aenter__(self) -> Self:
        await self._background.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._background.__aexit__(kind, error, trace)
        await self._drop()

    async def query(self, statement: str, *parameters: Any) -> list[Row]:
        """The rows of `statement` (`?` for parameters); at most the driver's page of 5,000, so statements say LIMIT."""
        return await self._run(statement, lambda session, prepared: _bridge(session, prepared, parameters))

    async def batch(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Writes `rows`, which are of one partition, by one request. Not all or nothing: repeat it when it fails."""
        await self._run(
            statement,
            lambda session, prepared: _bridge(
                session, driver.unlogged_batch([(prepared, values) for values in rows]), None
            ),
        )

    async def ping(self) -> None:
        """Raises `Unavailable`, with the reason, unless a statement can be served now."""
        if self._session is None:
            raise Unavailable(self._problem, dependency="cassandra")
        await self.query(PING)

    async def _run(self, statement: str, ask: Callable[[Session, Any], Awaitable[list[Row]]]) -> list[Row]:
        """The result of `ask` for the prepared `statement`. Raises `Unavailable` while Cassandra is away."""
        session = self._session
        if session is None:
            raise Unavailable(dependency="cassandra")
        try:
            with tracing.client_span("cassandra", name_of(statement), root=False, statement=statement):
                prepared = self._prepared.get(statement) or await self._prepare(session, statement)
                return await ask(session, prepared)
        except driver.ERRORS as error:
            if driver.is_away(error):
                raise Unavailable(dependency="cassandra") from error
            raise

    async def _prepare(self, session: Session, statement: str) -> Any:
        self._prepared[statement] = await asyncio.to_thread(session.prepare, statement)
        return self._prepared[statement]

    async def _keep(self) -> None:
        while True:
            try:
                self._session = await asyncio.to_thread(self._open)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with Cassandra, it is tried again
                self._log_change(f"{type(error).__name__}: {error}")
                await asyncio.sleep(RETRY_SECONDS)
                continue
            log.info("connected")
            await self._watch()
            await self._drop()

    async def _watch(self) -> None:
        """Returns when the session is beyond its own reconnection, as after Cassandra moved or lost its data."""
        failed = 0
        while failed < GIVE_UP_AFTER:
            await asyncio.sleep(RETRIED_SECONDS if failed else WATCH_SECONDS)
            try:
                await self.ping()
                failed = 0
            except Exception as error:  # noqa: BLE001 - any failed ping counts
                failed += 1
                self._log_change(f"{type(error).__name__}: {error}")

    async def _drop(self) -> None:
        session, self._session = self._session, None
        self._prepared.clear()
        if session:
            await asyncio.to_thread(driver.close, session)

    def _log_change(self, problem: str) -> None:
        if problem != self._problem:
            log.warning("cassandra is not available", problem=problem[:300])
        self._problem = problem[:300]


async def _bridge(session: Session, statement: Any, parameters: tuple[Any, ...] | None) -> list[Row]:
    """The driver answers in its reactor's thread; the result is handed over to this loop."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Row]] = loop.create_future()

    def settle(rows: list[Row] | None, error: Exception | None) -> None:
        if answer.done():
            return
        if error is None:
            answer.set_result(rows or [])
        else:
            answer.set_exception(error)

    session.execute_async(statement, parameters).add_callbacks(
        callback=lambda rows: _hand_over(loop, settle, rows, None),
        errback=lambda error: _hand_over(loop, settle, None, error),
    )
    return await answer


def _hand_over(loop: asyncio.AbstractEventLoop, settle: Any, rows: list[Row] | None, error: Exception | None) -> None:
    with suppress(RuntimeError):  # the loop has ended meanwhile
        loop.call_soon_threadsafe(settle, rows, error)
