"""The rules of the choices: no kind twice, `security` never off, quiet hours that have a length."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from optimistic_lock import Expected, update_latest

from shared.models.notification_preferences import (
    KindChoice,
    KindPreference,
    NotificationPreferences,
    NotificationPreferencesChange,
    NotificationPreferencesUpdate,
)
from shared.models.problem import FieldProblem
from shared.utils.errors import Invalid

SAFETY = "security"
ALWAYS = "Security notifications are always on, so an intruder cannot turn them off."


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
        self, user_id: str, update: NotificationPreferencesUpdate, expected: Expected
    ) -> NotificationPreferences:
        """Stores `update`; kinds that it leaves out keep what was chosen for them.

        Raises:
            Invalid: names the fields.
            Stale: another version is stored than `expected` accepts.
        """
        if problems := [*_of_kinds(update.kinds), *_of_quiet_hours(update)]:
            raise Invalid(errors=problems)

        async def put(stored: NotificationPreferences) -> NotificationPreferences:
            whole = update.model_copy(update={"kinds": _merged(stored.kinds, update.kinds)})
            change = NotificationPreferencesChange(preferences=whole, version=stored.version)
            return await self._store.put(user_id, change)

        return await update_latest(expected, lambda: self.get(user_id), put)


def _merged(stored: Sequence[KindPreference], sent: Sequence[KindChoice]) -> list[KindChoice]:
    """Raises Invalid for a kind that nobody knows."""
    by_kind = {each.kind: KindChoice.model_validate(each.model_dump()) for each in stored}
    names = ", ".join(by_kind)
    unknown = [
        FieldProblem(field=f"kinds.{at}.kind", message=f"Kind must be one of {names}.")
        for at, each in enumerate(sent)
        if each.kind not in by_kind
    ]
    if unknown:
        raise Invalid(errors=unknown)
    return list((by_kind | {each.kind: each for each in sent}).values())


def _of_kinds(kinds: Sequence[KindChoice]) -> Iterator[FieldProblem]:
    seen: set[str] = set()
    for at, choice in enumerate(kinds):
        if choice.kind in seen:
            yield FieldProblem(field=f"kinds.{at}.kind", message="Send each kind once.")
        seen.add(choice.kind)
        if choice.kind == SAFETY:
            wrong = {"live": not choice.live, "mail": choice.mail != "at_once"}
            yield from (
                FieldProblem(field=f"kinds.{at}.{field}", message=ALWAYS)
                for field, is_wrong in wrong.items()
                if is_wrong
            )


def _of_quiet_hours(update: NotificationPreferencesUpdate) -> list[FieldProblem]:
    hours = update.quiet_hours
    if hours is None or hours.start != hours.end:
        return []
    return [FieldProblem(field="quiet_hours.to", message="End time must differ from start time.")]
