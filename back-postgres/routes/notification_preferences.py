"""Notification preferences, and the recipients that back-workers requests."""

from fastapi import APIRouter

from dependencies import Db, PathId
from repositories import notification_preferences_repository
from shared.models.base import Items
from shared.models.notification_preferences import NotificationPreferences, NotificationPreferencesChange, Recipient
from shared.models.user import UserIds

router = APIRouter(prefix="/internal")


@router.get("/notification-preferences/{user_id}")
async def read(user_id: PathId, db: Db) -> NotificationPreferences:
    return await notification_preferences_repository.get_preferences(db, user_id=user_id)


@router.put("/notification-preferences/{user_id}")
async def replace(user_id: PathId, body: NotificationPreferencesChange, db: Db) -> NotificationPreferences:
    return await notification_preferences_repository.put_preferences(db, user_id=user_id, change=body)


@router.post("/notification-recipients")
async def recipients(body: UserIds, db: Db) -> Items[Recipient]:
    return Items(items=await notification_preferences_repository.get_recipients(db, user_ids=body.ids))
