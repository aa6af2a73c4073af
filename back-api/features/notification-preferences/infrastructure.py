"""The choices' adapter: back-postgres over HTTP."""

from typing import Annotated

from fastapi import Depends, Request
from resources import resources_of

from shared.chassis.client import ServiceClient
from shared.models.notification_preferences import NotificationPreferences, NotificationPreferencesChange

from .domain import NotificationPreferencesDomain


class BackPostgresPreferences:
    """`domain.PreferencesStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def get(self, user_id: str) -> NotificationPreferences:
        path = f"/internal/notification-preferences/{user_id}"
        return await self._postgres.get(path, model=NotificationPreferences)

    async def put(self, user_id: str, change: NotificationPreferencesChange) -> NotificationPreferences:
        path = f"/internal/notification-preferences/{user_id}"
        return await self._postgres.put(path, json=change, model=NotificationPreferences)


async def _domain(request: Request) -> NotificationPreferencesDomain:
    return NotificationPreferencesDomain(BackPostgresPreferences(resources_of(request).back_postgres))


Domain = Annotated[NotificationPreferencesDomain, Depends(_domain)]
