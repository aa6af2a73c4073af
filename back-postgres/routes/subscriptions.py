"""Plans and subscriptions."""

from fastapi import APIRouter

from dependencies import Db, PathId, Version
from repositories import plan_repository, subscription_repository
from shared.models.base import Items
from shared.models.billing import Plan, Subscription, SubscriptionChange, SubscriptionCreate

router = APIRouter(prefix="/internal")


@router.get("/plans")
async def plans(db: Db) -> Items[Plan]:
    return Items(items=await plan_repository.list_plans(db))


@router.get("/subscriptions/{user_id}")
async def read(user_id: PathId, db: Db) -> Subscription:
    return await subscription_repository.get_subscription(db, user_id=user_id)


@router.post("/subscriptions/{user_id}", status_code=201)
async def create(user_id: PathId, body: SubscriptionCreate, db: Db) -> Subscription:
    return await subscription_repository.create_subscription(db, user_id=user_id, subscription=body)


@router.patch("/subscriptions/{user_id}")
async def update(user_id: PathId, body: SubscriptionChange, db: Db) -> Subscription:
    return await subscription_repository.update_subscription(db, user_id=user_id, change=body)


@router.delete("/subscriptions/{user_id}")
async def cancel(user_id: PathId, db: Db, version: Version = None) -> Subscription:
    return await subscription_repository.cancel_subscription(db, user_id=user_id, version=version)
