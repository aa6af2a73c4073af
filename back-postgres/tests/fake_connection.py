"""A session without a server, for what is asked and what becomes of the answer; what SQL means is tested on a real one."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

from connection import Connection
from database import Database


class FakeConnection:
    """`answers` are the rows, values or statuses of the next calls, or the errors that they raise; `asked` is what was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[Any, ...]] = []
        self.transactions: list[str] = []
        self.terminated = False
        self.channels: dict[str, Callable[..., None]] = {}
        self.on_end: list[Callable[..., None]] = []

    async def _answer(self, query: str, *args: object, **_: object) -> Any:
        self.asked.append((" ".join(query.split()), *args))
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, BaseException):
            raise answer
        return answer

    execute = fetch = fetchrow = fetchval = _answer

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[None]:
        try:
            yield
        except BaseException:
            self.transactions.append("rolled back")
            raise
        self.transactions.append("committed")

    async def add_listener(self, channel: str, callback: Callable[..., None]) -> None:
        self.channels[channel] = callback

    def add_termination_listener(self, callback: Callable[..., None]) -> None:
        self.on_end.append(callback)

    def terminate(self) -> None:
        self.terminated = True

    def typed(self) -> Connection:
        return cast(Connection, self)


class FakePool:
    """Of one connection; `away` is raised instead of it. `used` counts how often it was given back."""

    def __init__(self, connection: FakeConnection, away: Exception | None = None) -> None:
        self.connection = connection
        self.away = away
        self.used = 0

    @asynccontextmanager
    async def acquire(self) -> AsyncGenerator[FakeConnection]:
        if self.away:
            raise self.away
        try:
            yield self.connection
        finally:
            self.used += 1

    def terminate(self) -> None: ...


def database(*answers: Any) -> tuple[Database, FakeConnection]:
    """An open `Database` over a `FakeConnection` with these answers."""
    connection = FakeConnection(*answers)
    opened = Database()
    opened.pool = cast(Any, FakePool(connection))
    return opened, connection
