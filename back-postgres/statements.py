"""A session whose statements the span at hand is named by; only where tracing is on."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from connection import Connection, Row
from shared.chassis.tracing.spans import Span
from shared.chassis.tracing.statements import name_of, text_of


class Named:
    """`connection`, as `span` tells it."""

    def __init__(self, connection: Connection, span: Span) -> None:
        self._connection, self._span = connection, span
        self._names: dict[str, None] = {}
        self._texts: dict[str, None] = {}

    async def execute(self, query: str, *args: object, timeout: float | None = None) -> str:  # noqa: ASYNC109 - asyncpg's
        self._note(query)
        return await self._connection.execute(query, *args, timeout=timeout)

    async def fetch(self, query: str, *args: object) -> list[Row]:
        self._note(query)
        return await self._connection.fetch(query, *args)

    async def fetchrow(self, query: str, *args: object) -> Row | None:
        self._note(query)
        return await self._connection.fetchrow(query, *args)

    async def fetchval(self, query: str, *args: object) -> Any:
        self._note(query)
        return await self._connection.fetchval(query, *args)

    def transaction(self) -> AbstractAsyncContextManager[None]:
        return self._connection.transaction()

    async def add_listener(self, channel: str, callback: Callable[..., None]) -> None:
        await self._connection.add_listener(channel, callback)

    def add_termination_listener(self, callback: Callable[..., None]) -> None:
        self._connection.add_termination_listener(callback)

    async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109 - asyncpg's
        await self._connection.close(timeout=timeout)

    def terminate(self) -> None:
        self._connection.terminate()

    def _note(self, query: str) -> None:
        self._names[name_of(query)] = None
        self._texts[query] = None
        self._span.update_name("; ".join(self._names))
        self._span.set_attribute("statement", text_of("; ".join(self._texts)))
