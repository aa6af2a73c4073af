"""A typed face of asyncpg, which carries no types; the only module that imports it."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, cast

import asyncpg
import orjson

from settings import Settings

CONNECT_SECONDS = 3.0
COMMAND_SECONDS = 4.0  # below the callers' 5 s, so that they get a reason instead of a time-out
Row = Mapping[str, Any]
REFUSED = (asyncpg.PostgresError,)
LOST = (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
FAILURES = (*REFUSED, *LOST)
"""The errors of a statement or a connect: the server refused it, or the session (or the way to it) is lost."""


class Connection(Protocol):
    """One session. Ids are `str`, jsonb is plain Python, timestamps are aware and in UTC."""

    async def execute(self, query: str, *args: object, timeout: float | None = None) -> str: ...
    async def fetch(self, query: str, *args: object) -> list[Row]: ...
    async def fetchrow(self, query: str, *args: object) -> Row | None: ...
    async def fetchval(self, query: str, *args: object) -> Any: ...
    def transaction(self) -> AbstractAsyncContextManager[None]: ...
    async def add_listener(self, channel: str, callback: Callable[..., None]) -> None: ...
    def add_termination_listener(self, callback: Callable[..., None]) -> None: ...
    async def close(self, *, timeout: float | None = None) -> None: ...
    def terminate(self) -> None: ...


class Pool(Protocol):
    def acquire(self) -> AbstractAsyncContextManager[Connection]: ...
    def terminate(self) -> None: ...


_connect = cast("Callable[..., Awaitable[Connection]]", asyncpg.connect)  # pyright: ignore[reportUnknownMemberType]
_create_pool = cast("Callable[..., Awaitable[Pool]]", asyncpg.create_pool)  # pyright: ignore[reportUnknownMemberType]


def _app_role(settings: Settings) -> dict[str, Any]:
    return {
        "host": settings.postgres_host,
        "port": settings.postgres_port,
        "database": settings.postgres_db,
        "user": settings.postgres_app_user,
        "password": settings.postgres_app_password.get_secret_value(),
        "timeout": CONNECT_SECONDS,
        "server_settings": {"application_name": "back-postgres", "timezone": "UTC"},
    }


async def connect(settings: Settings) -> Connection:
    """A session of its own for the application's role, for LISTEN."""
    return await _connect(**_app_role(settings))


async def connect_migrations(settings: Settings) -> Connection:
    """A session of the role that owns the schema."""
    password = settings.postgres_migrations_password.get_secret_value()
    role = _app_role(settings) | {"user": settings.postgres_migrations_user, "password": password}
    return await _connect(**role)


async def create_pool(settings: Settings) -> Pool:
    """The application's sessions: statements stay prepared, nothing is reset between uses, since no session state is set."""
    logging.getLogger("asyncpg.pool").setLevel(logging.ERROR)  # it would log a traceback at each try to reconnect
    return await _create_pool(
        **_app_role(settings),
        min_size=2,
        max_size=settings.postgres_pool_size,
        command_timeout=COMMAND_SECONDS,
        statement_cache_size=200,
        max_cached_statement_lifetime=0,
        init=_set_codecs,
        reset=_keep_session,
    )


async def _keep_session(_: object) -> None:
    """The default would cost a second round trip for each use."""


async def _set_codecs(connection: Any) -> None:
    await connection.set_type_codec("uuid", schema="pg_catalog", encoder=str, decoder=str, format="text")
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=_to_json, decoder=orjson.loads, format="text")


def _to_json(value: object) -> str:
    return orjson.dumps(value).decode()
