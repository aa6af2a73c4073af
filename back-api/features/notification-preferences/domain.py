"""The rules of the choices: every kind once, security never off, quiet hours that have a length."""

from collections.abc import Sequence
from typing import Protocol

from optimistic_lock import Expected, update_at_version

from shared.models.notification_preferences import (
    DEFAULTS,
    KindPreference,
    NotificationPreferences,
    NotificationPreferencesChange,
    NotificationPreferencesUpdate,
)
from shared.models.problem import FieldProblem
from shared.utils.errors import Invalid

KINDS = [default.kind for default in DEFAULTS]
ALWAYS = "This kind is about your account's safety: it cannot be switched off or wait."


class PreferencesStore(Protocol):
    """back-postgres."""

    async def get(self, user_id: str) -> NotificationPreferences:
        """The defaults, with version 0, when nothing was chosen."""
        ...

    async def put(self, user_id: str, change: NotificationPreferencesChange) -> NotificationPreferences:
        """Raises Stale with what is stored."""
        ...


class NotificationPreferencesDomain:
    def __init__(self, store: PreferencesStore) -> None:
        self._store = store

    async def get(self, user_id: str) -> NotificationPreferences:
        return await self._store.get(user_id)

    async def put(
        self, user_id: str, choices: NotificationPreferencesUpdate, expected: Expected
    ) -> NotificationPreferences:
        """Raises Invalid with the fields, Stale."""
        if problems := [*_of_kinds(choices.kinds), *_of_quiet_hours(choices)]:
            raise Invalid(errors=problems)

        async def put(version: int) -> NotificationPreferences:
            return await self._store.put(user_id, NotificationPreferencesChange(preferences=choices, version=version))

        return await update_at_version(expected, lambda: self.get(user_id), put)


def _of_kinds(kinds: Sequence[KindPreference]) -> list[FieldProblem]:
    given = [chosen.kind for chosen in kinds]
    if sorted(given) != sorted(KINDS):
        return [FieldProblem(field="kinds", message=f"Send each of {', '.join(KINDS)} once.")]
    at, security = next((at, chosen) for at, chosen in enumerate(kinds) if chosen.kind == "security")
    wrong = [("live", not security.live), ("mail", security.mail != "at_once")]
    return [FieldProblem(field=f"kinds.{at}.{field}", message=ALWAYS) for field, is_wrong in wrong if is_wrong]


def _of_quiet_hours(choices: NotificationPreferencesUpdate) -> list[FieldProblem]:
    hours = choices.quiet_hours
    if hours is None or hours.start != hours.end:
        return []
    return [FieldProblem(field="quiet_hours.to", message="Choose another time than the one at which they begin.")]
