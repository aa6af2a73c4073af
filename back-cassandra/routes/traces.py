"""`/internal/spans` and `/internal/traces`: back-workers' collector stores, back-api looks."""

from typing import Annotated

from dependencies import resources_of
from fastapi import APIRouter, Depends, Path, Query, Request
from repositories.trace_repository import TraceRepository

from shared.models.base import Text
from shared.models.trace import Spans, StoredTraceQuery, Trace, TracePage
from shared.utils.errors import NotFound

router = APIRouter(prefix="/internal", tags=["traces"])
CorrelationId = Annotated[Text, Path(max_length=64)]


def _traces(request: Request) -> TraceRepository:
    return TraceRepository(resources_of(request).database)


TraceStore = Annotated[TraceRepository, Depends(_traces)]


@router.post("/spans", status_code=204)
async def store(body: Spans, repository: TraceStore) -> None:
    await repository.store(body.spans, body.traces)


@router.get("/traces")
async def list_traces(repository: TraceStore, query: Annotated[StoredTraceQuery, Query()]) -> TracePage:
    return await repository.list_traces(query)


@router.get("/traces/{correlation_id}")
async def get_trace(correlation_id: CorrelationId, repository: TraceStore) -> Trace:
    trace = await repository.get_trace(correlation_id)
    if not trace.spans:
        raise NotFound("No spans have this correlation id.")
    return trace
