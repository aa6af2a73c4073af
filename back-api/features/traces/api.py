"""`/api/traces`, for callers who hold `traces:read`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from shared.chassis.identity import CurrentUser, requires
from shared.chassis.openapi import problems
from shared.chassis.responses import with_unavailable_message
from shared.models.trace import Trace, TracePage, TraceQuery
from shared.utils import correlation

from .dependencies import Domain
from .domain import TraceNotFound

router = APIRouter(
    route_class=with_unavailable_message("The traces are"),
    dependencies=[Depends(requires("traces:read"))],
    responses=problems(403, 503),
)


async def well_formed(correlation_id: Annotated[str, Path(description="X-Correlation-ID of an answer")]) -> str:
    """One that is not cannot have any spans."""
    if not correlation.is_well_formed(correlation_id):
        raise TraceNotFound
    return correlation_id


@router.get("/api/traces", summary="Requests of the last day")
async def list_traces(domain: Domain, query: Annotated[TraceQuery, Query()]) -> TracePage:
    return await domain.list_traces(query)


@router.get("/api/traces/{correlation_id}", responses=problems(404), summary="One request's way")
async def read_trace(correlation_id: Annotated[str, Depends(well_formed)], user: CurrentUser, domain: Domain) -> Trace:
    return await domain.get_trace(correlation_id, user.permissions)
