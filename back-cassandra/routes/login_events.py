"""`/internal/login-events`: back-workers stores them, back-api lists a user's own."""

from uuid import UUID

from dependencies import Cursor, Limit, LoginEventRows
from fastapi import APIRouter

from shared.models.base import Page
from shared.models.session import LoginEvent, LoginEvents

router = APIRouter(prefix="/internal/login-events", tags=["login-events"])


@router.post("", status_code=204)
async def store(body: LoginEvents, rows: LoginEventRows) -> None:
    await rows.store(body.items)


@router.get("/{user_id}")
async def of_user(user_id: UUID, rows: LoginEventRows, limit: Limit = 20, cursor: Cursor = None) -> Page[LoginEvent]:
    return await rows.of_user(user_id, limit=limit, cursor=cursor)
