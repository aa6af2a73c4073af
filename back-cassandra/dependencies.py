"""What the routes are given: repositories over the application's database, and bounded paging parameters."""

from typing import Annotated

from fastapi import Depends, Query, Request
from repositories.audit_repository import AuditRepository
from repositories.feature_flag_repository import FeatureFlagRepository
from repositories.login_event_repository import LoginEventRepository
from repositories.notification_repository import NotificationRepository
from repositories.read_mark_repository import ReadMarkRepository
from repositories.trace_repository import TraceRepository
from resources import Resources

from shared.models.base import QueryInt

Limit = Annotated[QueryInt, Query(ge=1, le=500)]
Cursor = Annotated[str | None, Query(max_length=200)]


def resources_of(request: Request) -> Resources:
    """What the lifespan made."""
    return request.app.state.resources


def _login_events(request: Request) -> LoginEventRepository:
    return LoginEventRepository(resources_of(request).database)


def _notifications(request: Request) -> NotificationRepository:
    return NotificationRepository(resources_of(request).database)


def _read_marks(request: Request) -> ReadMarkRepository:
    return ReadMarkRepository(resources_of(request).database)


def _traces(request: Request) -> TraceRepository:
    return TraceRepository(resources_of(request).database)


def _audit(request: Request) -> AuditRepository:
    resources = resources_of(request)
    return AuditRepository(resources.database, resources.settings.audit_days)


def _feature_flags(request: Request) -> FeatureFlagRepository:
    return FeatureFlagRepository(resources_of(request).database)


AuditStore = Annotated[AuditRepository, Depends(_audit)]
FeatureFlagStore = Annotated[FeatureFlagRepository, Depends(_feature_flags)]
LoginEventStore = Annotated[LoginEventRepository, Depends(_login_events)]
NotificationStore = Annotated[NotificationRepository, Depends(_notifications)]
ReadMarkStore = Annotated[ReadMarkRepository, Depends(_read_marks)]
TraceStore = Annotated[TraceRepository, Depends(_traces)]
