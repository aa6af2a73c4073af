"""Changes feature flags at the version that was read, with a reason; notifies every service and the audit log."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from optimistic_lock import Expected, update_latest

from shared.contracts import manifest
from shared.models.base import Page
from shared.models.feature_flag import (
    FeatureFlag,
    FlagDetails,
    FlagHistory,
    FlagReport,
    FlagSettings,
    NewFlagVersion,
    StaleReason,
)
from shared.utils.errors import NotFound
from shared.utils.ids import new_id

from .rule_values import check_rules

COMPLETE_AFTER = timedelta(days=30)


class FlagNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("No contract declares such a feature flag.")


class Flags(Protocol):
    """The declared flags, as this process knows them."""

    def get(self, name: str) -> FeatureFlag | None: ...
    def all(self) -> list[FeatureFlag]: ...
    def note(self, flags: Iterable[FeatureFlag]) -> None: ...


class FlagStore(Protocol):
    """back-cassandra."""

    async def newest(self) -> list[FeatureFlag]: ...
    async def store(self, name: str, version: int, new: NewFlagVersion) -> FeatureFlag:
        """Raises Stale unless `version` follows the newest one."""
        ...

    async def history(self, name: str, *, limit: int, cursor: str | None) -> Page[FeatureFlag]: ...


class Announcer(Protocol):
    async def changed(self, flag: FeatureFlag, change_id: str) -> None:
        """Tells every service and the audit log. Never raises: while back-redis is away it follows later."""
        ...


class People(Protocol):
    async def addresses(self, user_ids: Sequence[str]) -> dict[str, str]: ...


class FeatureFlagDomain:
    """`declared` has the flag of each feature, by the feature's name."""

    def __init__(
        self,
        declared: Mapping[str, manifest.FeatureFlag],
        flags: Flags,
        store: FlagStore,
        announcer: Announcer,
        people: People,
        now: Callable[[], datetime],
    ) -> None:
        self._declared = declared
        self._flags = flags
        self._store = store
        self._announcer = announcer
        self._people = people
        self._now = now

    async def report(self) -> FlagReport:
        """All flags, those that should go first."""
        self._flags.note(await self._store.newest())
        details = [self._details(feature, flag) for feature, flag in self._declared.items()]
        people = await self._named(details)
        return FlagReport(items=sorted(details, key=lambda each: (each.stale is None, each.name)), people=people)

    async def get(self, name: str) -> FeatureFlag:
        """As it is stored. Raises FlagNotFound."""
        declared = self._known(name)
        page = await self._store.history(name, limit=1, cursor=None)
        self._flags.note(page.items)
        return page.items[0] if page.items else declared

    async def history(self, name: str, *, limit: int, cursor: str | None) -> FlagHistory:
        """Raises FlagNotFound."""
        self._known(name)
        page = await self._store.history(name, limit=limit, cursor=cursor)
        return FlagHistory(items=page.items, next_cursor=page.next_cursor, people=await self._named(page.items))

    async def change(self, name: str, settings: FlagSettings, *, by: str, expected: Expected) -> FeatureFlag:
        """The new version.

        Raises:
            FlagNotFound: no contract declares it.
            Invalid: a rule names a role, plan or user that cannot be.
            Stale: somebody else has changed it since; carries what holds now.
        """
        self._known(name)
        check_rules(settings.rules)
        change_id = new_id()

        async def store(current: FeatureFlag) -> FeatureFlag:
            now = self._now()
            moment = now.replace(microsecond=now.microsecond // 1000 * 1000)
            new = NewFlagVersion(**settings.model_dump(), id=change_id, changed_by=by, changed_at=moment)
            return await self._store.store(name, current.version + 1, new)

        changed = await update_latest(expected, lambda: self.get(name), store)
        self._flags.note([changed])
        await self._announcer.changed(changed, change_id)
        return changed

    def _known(self, name: str) -> FeatureFlag:
        flag = self._flags.get(name)
        if flag is None:
            raise FlagNotFound
        return flag

    def _details(self, feature: str, declared: manifest.FeatureFlag) -> FlagDetails:
        flag = self._known(declared.name)
        stale = staleness(flag, self._now())
        return FlagDetails(**flag.model_dump(), feature=feature, default=declared.default, stale=stale)

    async def _named(self, flags: Sequence[FeatureFlag]) -> dict[str, str]:
        ids = sorted({flag.changed_by for flag in flags if flag.changed_by})
        return await self._people.addresses(ids) if ids else {}


def staleness(flag: FeatureFlag, now: datetime) -> StaleReason | None:
    """Why the flag should be removed from the code by now; None while it should not."""
    if flag.expires_on <= now.date():
        return "expired"
    is_complete = flag.enabled and flag.percentage == 100
    if is_complete and flag.changed_at and now - flag.changed_at >= COMPLETE_AFTER:
        return "complete"
    return None
