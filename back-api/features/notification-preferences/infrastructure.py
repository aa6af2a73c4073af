"""The choices' adapter: back-postgres over HTTP."""

from shared.chassis.client import ServiceClient
from shared.models.notification_preferences import NotificationPreferences, NotificationPreferencesChange


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
