"""`GET /api/auth/sessions`, `DELETE /api/auth/sessions/{session_id}` and `GET /api/auth/login-events`."""

from typing import Annotated

from fastapi import APIRouter, Query

from shared.chassis.identity import CurrentUser
from shared.chassis.openapi import problems
from shared.chassis.responses import FeatureRoute
from shared.models.base import Items, Page, QueryInt, Text
from shared.models.session import LoginEvent, Session

from .dependencies import Domain

Limit = Annotated[QueryInt, Query(ge=1, le=100, description="Items a page")]
Cursor = Annotated[Text | None, Query(max_length=500, description="`next_cursor` of the page before")]
router = APIRouter(route_class=FeatureRoute, responses=problems(503))


@router.get("/api/auth/sessions", summary="Where one is logged in")
async def list_own(user: CurrentUser, domain: Domain) -> Items[Session]:
    return await domain.list_own(user.user_id, user.session_id)


@router.delete("/api/auth/sessions/{session_id}", status_code=204, responses=problems(404), summary="End a session")
async def end_own(session_id: str, user: CurrentUser, domain: Domain) -> None:
    await domain.end_own(user.user_id, session_id)


@router.get("/api/auth/login-events", summary="One's own sign-ins, newest first")
async def list_own_sign_ins(
    user: CurrentUser, domain: Domain, limit: Limit = 20, cursor: Cursor = None
) -> Page[LoginEvent]:
    return await domain.list_own_sign_ins(user.user_id, limit=limit, cursor=cursor)
