"""A `Database` without a server, for what a repository asks and how often; what CQL means is tested on a real one."""

from collections.abc import Callable, Sequence
from typing import Any

from driver import Row


class FakeDatabase:
    """`answer` gives the rows of a statement with its parameters; `queries` and `batches` are what was asked."""

    def __init__(self, answer: Callable[..., list[Row]] = lambda *_: []) -> None:
        self._answer = answer
        self.queries: list[tuple[Any, ...]] = []
        self.batches: list[tuple[str, Sequence[Sequence[Any]]]] = []

    async def query(self, statement: str, *parameters: Any) -> list[Row]:
        self.queries.append(parameters)
        return self._answer(statement, *parameters)

    async def batch(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        self.batches.append((statement, rows))
