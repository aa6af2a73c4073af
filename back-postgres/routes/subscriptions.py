"""Subscriptions."""

from fastapi import APIRouter

from dependencies import Db, PathId
from repositories import subscription_repository
from shared.models.billing import NewSubscription, Subscription, SubscriptionChange

router = APIRouter(prefix="/internal/subscriptions")


@router.get("/{user_id}")
async def read(user_id: PathId, db: Db) -> Subscription:
    return await subscription_repository.get_subscription(db, user_id=user_id)


@router.post("/{user_id}", status_code=201)
async def create(user_id: PathId, body: NewSubscription, db: Db) -> Subscription:
    return await subscription_repository.create_subscription(db, user_id=user_id, subscription=body)


@router.put("/{user_id}")
async def replace(user_id: PathId, body: SubscriptionChange, db: Db) -> Subscription:
    return await subscription_repository.replace_subscription(db, user_id=user_id, change=body)
