"""The traces' adapter: back-cassandra over HTTP."""

from shared.chassis.client import ServiceClient
from shared.models.base import Items
from shared.models.trace import Trace, TraceSummary
from shared.utils.errors import peer_errors_as

from .domain import TraceNotFound


class BackCassandraTraces:
    """`domain.TraceStore`."""

    def __init__(self, back_cassandra: ServiceClient) -> None:
        self._cassandra = back_cassandra

    async def list_traces(self, *, limit: int, failed: bool | None, slower_than_ms: int) -> Items[TraceSummary]:
        params = {
            "limit": limit,
            "failed": None if failed is None else str(failed).lower(),
            "slower_than_ms": slower_than_ms,
        }
        return await self._cassandra.get("/internal/traces", params=params, model=Items[TraceSummary])

    async def get_trace(self, correlation_id: str) -> Trace:
        with peer_errors_as(missing=TraceNotFound):
            return await self._cassandra.get(f"/internal/traces/{correlation_id}", model=Trace)
