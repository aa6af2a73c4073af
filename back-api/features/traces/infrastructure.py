"""The traces' adapter: back-cassandra over HTTP."""

from shared.chassis.client import ServiceClient
from shared.models.trace import StoredTraceQuery, Trace, TracePage
from shared.utils.errors import peer_errors_as

from .domain import TraceNotFound


class BackCassandraTraces:
    """`domain.TraceStore`."""

    def __init__(self, back_cassandra: ServiceClient) -> None:
        self._cassandra = back_cassandra

    async def list_traces(self, query: StoredTraceQuery) -> TracePage:
        return await self._cassandra.get("/internal/traces", params=query.params(), model=TracePage)

    async def get_trace(self, correlation_id: str) -> Trace:
        with peer_errors_as(missing=TraceNotFound):
            return await self._cassandra.get(f"/internal/traces/{correlation_id}", model=Trace)
