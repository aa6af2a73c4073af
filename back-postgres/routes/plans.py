"""The plan catalogue."""

from fastapi import APIRouter

from dependencies import Db
from repositories import plan_repository
from shared.models.base import Items
from shared.models.billing import Plan

router = APIRouter(prefix="/internal/plans")


@router.get("")
async def list_plans(db: Db) -> Items[Plan]:
    return Items(items=await plan_repository.list_plans(db))
