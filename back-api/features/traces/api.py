"""`/api/traces`, for callers who hold `traces:read`."""

from typing import Annotated

from dependencies import DEFAULT_LIMIT, Limit
from fastapi import APIRouter, Depends, Path, Query

from shared.chassis.identity import CurrentUser, requires
from shared.chassis.openapi import problems
from shared.chassis.responses import with_unavailable_message
from shared.models.base import Items, QueryBool, QueryInt
from shared.models.trace import Trace, TraceSummary
from shared.utils import correlation

from .dependencies import Domain
from .domain import TraceNotFound

router = APIRouter(
    route_class=with_unavailable_message("The traces are"),
    dependencies=[Depends(requires("traces:read"))],
    responses=problems(403, 503),
)
Failed = Annotated[QueryBool | None, Query(description="Only those with a span that failed, or only those without")]
Slower = Annotated[QueryInt, Query(ge=0, le=3_600_000, description="Milliseconds that the request took at least")]


async def well_formed(correlation_id: Annotated[str, Path(description="X-Correlation-ID of an answer")]) -> str:
    """One that is not cannot have any spans."""
    if not correlation.is_well_formed(correlation_id):
        raise TraceNotFound
    return correlation_id


@router.get("/api/traces", summary="Recent requests")
async def list_traces(
    domain: Domain, limit: Limit = DEFAULT_LIMIT, failed: Failed = None, slower_than_ms: Slower = 0
) -> Items[TraceSummary]:
    return await domain.list_traces(limit=limit, failed=failed, slower_than_ms=slower_than_ms)


@router.get("/api/traces/{correlation_id}", responses=problems(404), summary="One request's way")
async def read_trace(correlation_id: Annotated[str, Depends(well_formed)], user: CurrentUser, domain: Domain) -> Trace:
    return await domain.get_trace(correlation_id, user.permissions)
