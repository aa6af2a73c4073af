"""`/api/feature-flags` and `/api/feature-flag-report`."""

from typing import Annotated

from dependencies import DEFAULT_LIMIT, Cursor, Limit, resources_of
from etags import IfMatch
from fastapi import APIRouter, Depends, Request
from feature_registry import is_enabled

from shared.chassis.identity import Identity, authenticate_if_sent, requires
from shared.chassis.openapi import problems
from shared.chassis.responses import with_unavailable_message
from shared.models.base import Items
from shared.models.feature_flag import FeatureFlag, FlagHistory, FlagReport, FlagSettings, FlagState

from .dependencies import Domain, KnownName

router = APIRouter(route_class=with_unavailable_message("Feature flags are"))
Administrator = Annotated[Identity, Depends(requires("flags:write"))]
MayWrite = Depends(requires("flags:write"))


@router.get(
    "/api/feature-flags",
    dependencies=[Depends(authenticate_if_sent)],
    responses=problems(401),
    summary="What is on for whoever asks",
)
async def states(request: Request) -> Items[FlagState]:
    flags = resources_of(request).flags.all()
    return Items(items=[FlagState(name=flag.name, enabled=await is_enabled(flag.name)) for flag in flags])


@router.get(
    "/api/feature-flag-report", dependencies=[MayWrite], responses=problems(403, 503), summary="All, stale ones first"
)
async def report(domain: Domain) -> FlagReport:
    return await domain.report()


@router.get("/api/feature-flags/{name}", dependencies=[MayWrite], responses=problems(403, 404, 503), summary="One flag")
async def read(name: KnownName, domain: Domain) -> FeatureFlag:
    return await domain.get(name)


@router.put("/api/feature-flags/{name}", responses=problems(403, 404, 412, 503), summary="Change a flag")
async def change(
    user: Administrator, name: KnownName, settings: FlagSettings, domain: Domain, if_match: IfMatch
) -> FeatureFlag:
    return await domain.change(name, settings, by=user.user_id, expected=if_match)


@router.get(
    "/api/feature-flags/{name}/history",
    dependencies=[MayWrite],
    responses=problems(403, 404, 503),
    summary="Who changed it, newest first",
)
async def history(name: KnownName, domain: Domain, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> FlagHistory:
    return await domain.history(name, limit=limit, cursor=cursor)
