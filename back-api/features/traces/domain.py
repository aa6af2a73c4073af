"""Looking at traces; who may is said by the permission `traces:read` at the endpoints."""

from collections.abc import Collection
from typing import Protocol

from shared.models.trace import StoredTraceQuery, Trace, TraceLog, TracePage, TraceQuery
from shared.security.event_fields import FULL_VIEW, RESTRICTED_LOG_FIELDS
from shared.utils.errors import NotFound

NOISE = ("WS ", "GET unmatched", "HEAD unmatched", "POST unmatched", "GET traces", "GET events")
"""How the names of requests begin that tell of nothing that somebody wanted: sockets that open, paths that do not exist, and
an administrator's looks at what went on, which repeat by themselves."""


class TraceNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "There are no spans with this correlation id. They are kept for a day, appear some seconds after the "
            "request, and only a share of the requests is traced where the setting TRACES_SAMPLE says so."
        )


class TraceStore(Protocol):
    """back-cassandra."""

    async def list_traces(self, query: StoredTraceQuery) -> TracePage: ...

    async def get_trace(self, correlation_id: str) -> Trace:
        """Raises TraceNotFound."""
        ...


class TracesDomain:
    def __init__(self, store: TraceStore) -> None:
        self._store = store

    async def list_traces(self, query: TraceQuery) -> TracePage:
        """Requests of the last day, newest first."""
        given = query.model_dump(exclude={"noise"})
        without = "" if query.noise else ",".join(NOISE)
        return await self._store.list_traces(StoredTraceQuery.model_validate(given | {"without": without}))

    async def get_trace(self, correlation_id: str, permissions: Collection[str]) -> Trace:
        """As far as `permissions` show it. Raises TraceNotFound."""
        trace = await self._store.get_trace(correlation_id)
        if FULL_VIEW in permissions:
            return trace
        return trace.model_copy(update={"logs": [_shown(line) for line in trace.logs]})


def _shown(line: TraceLog) -> TraceLog:
    """An error without its message, which may quote what it is about."""
    fields = {name: value for name, value in line.fields.items() if name not in RESTRICTED_LOG_FIELDS}
    if isinstance(error := fields.get("error"), str):
        fields["error"] = error.partition(":")[0]
    return line.model_copy(update={"fields": fields})
