"""What the routes are given: repositories over the application's database, and bounded paging parameters."""

from typing import Annotated

from fastapi import Depends, Query, Request
from repositories.audit_repository import AuditRepository
from repositories.login_event_repository import LoginEventRepository
from repositories.notification_repository import NotificationRepository
from repositories.read_mark_repository import ReadMarkRepository
from repositories.trace_repository import TraceRepository

from shared.models.base import QueryInt

Limit = Annotated[QueryInt, Query(ge=1, le=500)]
Cursor = Annotated[str | None, Query(max_length=200)]


def _login_events(request: Request) -> LoginEventRepository:
    return LoginEventRepository(request.app.state.database)


def _notifications(request: Request) -> NotificationRepository:
    return NotificationRepository(request.app.state.database)


def _read_marks(request: Request) -> ReadMarkRepository:
    return ReadMarkRepository(request.app.state.database)


def _traces(request: Request) -> TraceRepository:
    return TraceRepository(request.app.state.database)


def _audit(request: Request) -> AuditRepository:
    return AuditRepository(request.app.state.database, request.app.state.audit_days)


Audit = Annotated[AuditRepository, Depends(_audit)]
LoginEventRows = Annotated[LoginEventRepository, Depends(_login_events)]
NotificationRows = Annotated[NotificationRepository, Depends(_notifications)]
ReadMarks = Annotated[ReadMarkRepository, Depends(_read_marks)]
Traces = Annotated[TraceRepository, Depends(_traces)]
