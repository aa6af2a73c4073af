"""A session whose statements name the span at hand; used only where tracing is on.

asyncpg's own query loggers do not serve: they are called in a later turn of the loop, when the span may have ended, and
for BEGIN and COMMIT too.
"""

from typing import Any, cast

from connection import Connection
from shared.chassis.tracing.spans import Span
from shared.chassis.tracing.statements import name_of, text_of

QUERIES = frozenset({"execute", "fetch", "fetchrow", "fetchval"})


class _TracedConnection:
    def __init__(self, connection: Connection, span: Span) -> None:
        self._connection = connection
        self._span = span
        self._names: dict[str, None] = {}
        self._texts: dict[str, None] = {}

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._connection, name)
        if name not in QUERIES:
            return method

        def query(statement: str, *args: object, **options: Any) -> Any:
            self._record(statement)
            return method(statement, *args, **options)

        return query

    def _record(self, statement: str) -> None:
        self._names[name_of(statement)] = None
        self._texts[statement] = None
        self._span.update_name("; ".join(self._names))
        self._span.set_attribute("statement", text_of("; ".join(self._texts)))


def traced(connection: Connection, span: Span) -> Connection:
    """`connection`, which records each statement on `span`."""
    return cast(Connection, _TracedConnection(connection, span))
