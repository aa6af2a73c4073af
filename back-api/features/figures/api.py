"""`/api/figures`, for callers who hold `figures:read`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from shared.chassis.identity import Identity, requires
from shared.chassis.openapi import problems
from shared.chassis.responses import with_unavailable_message
from shared.models.base import Items
from shared.models.figures import Figures, ServiceState, Span

from .dependencies import Domain, Services

Reader = Annotated[Identity, Depends(requires("figures:read"))]
Period = Annotated[Span, Query(description="How many days, today included")]
router = APIRouter(route_class=with_unavailable_message("The figures are"), responses=problems(403, 503))


@router.get("/api/figures", summary="Figures about the whole system")
async def read(domain: Domain, user: Reader, period: Period = "30d") -> Figures:
    return await domain.read(period, user.permissions)


@router.get("/api/figures/services", summary="The services, and which of them answer")
async def list_services(services: Services, _: Reader) -> Items[ServiceState]:
    return Items(items=await services.list_services())
