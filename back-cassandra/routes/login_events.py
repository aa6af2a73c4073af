"""`/internal/login-events`: back-workers stores them, back-api lists a user's own."""

from typing import Annotated
from uuid import UUID

from dependencies import Cursor, Limit, resources_of
from fastapi import APIRouter, Depends, Request
from repositories.login_event_repository import LoginEventRepository

from shared.models.base import Page
from shared.models.session import LoginEvent, LoginEvents

router = APIRouter(prefix="/internal/login-events", tags=["login-events"])


def _login_events(request: Request) -> LoginEventRepository:
    return LoginEventRepository(resources_of(request).database)


LoginEventStore = Annotated[LoginEventRepository, Depends(_login_events)]


@router.post("", status_code=204)
async def store(body: LoginEvents, repository: LoginEventStore) -> None:
    await repository.store(body.items)


@router.get("/{user_id}")
async def list_for_user(
    user_id: UUID, repository: LoginEventStore, limit: Limit = 20, cursor: Cursor = None
) -> Page[LoginEvent]:
    return await repository.list_for_user(user_id, limit=limit, cursor=cursor)
