"""`/internal/feature-flags`: services read the newest versions, back-api adds one and lists them."""

from typing import Annotated

from dependencies import Cursor, Limit, resources_of
from fastapi import APIRouter, Depends, Path, Request
from repositories.feature_flag_repository import LAST_VERSION, FeatureFlagRepository

from shared.models.base import Items, Page, QueryInt
from shared.models.feature_flag import FeatureFlag, FlagName, NewFlagVersion

router = APIRouter(prefix="/internal/feature-flags", tags=["feature-flags"])
Version = Annotated[QueryInt, Path(ge=1, le=LAST_VERSION)]


def _feature_flags(request: Request) -> FeatureFlagRepository:
    return FeatureFlagRepository(resources_of(request).database)


FeatureFlagStore = Annotated[FeatureFlagRepository, Depends(_feature_flags)]


@router.get("")
async def newest(repository: FeatureFlagStore) -> Items[FeatureFlag]:
    return Items(items=await repository.newest())


@router.put("/{name}/versions/{version}")
async def store(name: FlagName, version: Version, body: NewFlagVersion, repository: FeatureFlagStore) -> FeatureFlag:
    return await repository.store(name, version, body)


@router.get("/{name}/versions")
async def history(
    name: FlagName, repository: FeatureFlagStore, limit: Limit = 20, cursor: Cursor = None
) -> Page[FeatureFlag]:
    return await repository.history(name, limit=limit, cursor=cursor)
