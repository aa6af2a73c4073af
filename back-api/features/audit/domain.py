"""Queries the audit log, at most 31 days at a time. The endpoint checks `audit:read`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from shared.models.audit import MOST_DAYS, AuditEntry, AuditPage
from shared.models.base import Page
from shared.utils.errors import Invalid
from shared.utils.ids import is_id

LONGEST = timedelta(days=MOST_DAYS)
AHEAD = timedelta(minutes=5)
"""How far the clock of an entry's writer, or of the caller, may be ahead of ours."""


@dataclass(frozen=True)
class Period:
    """From `since` to before `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class AuditFilter:
    """None: any. `action` is a prefix, `subject` the id of the object."""

    action: str | None = None
    actor: str | None = None
    subject: str | None = None


class AuditLog(Protocol):
    """back-cassandra."""

    async def list_entries(
        self, period: Period, criteria: AuditFilter, *, limit: int, cursor: str | None
    ) -> Page[AuditEntry]: ...


class People(Protocol):
    """back-postgres. Never raises: users without an address are shown by id."""

    async def addresses(self, user_ids: Sequence[str]) -> dict[str, str]:
        """By id, of those that exist; all of them in one call."""
        ...


class AuditDomain:
    """`now` gives the moment in UTC."""

    def __init__(self, log: AuditLog, people: People, now: Callable[[], datetime]) -> None:
        self._log = log
        self._people = people
        self._now = now

    async def list_entries(
        self,
        criteria: AuditFilter,
        *,
        since: datetime | None,
        until: datetime | None,
        limit: int,
        cursor: str | None,
    ) -> AuditPage:
        """Newest first, of the 31 days before `until` or now unless `since` says otherwise.

        Raises:
            Invalid: the actor is no id; `since` is not before `until`, or more than 31 days before it.
        """
        if criteria.actor is not None and not is_id(criteria.actor):
            raise Invalid.field("actor", "Done by must be the id of a user.")
        period = self._period(since, until)
        page = await self._log.list_entries(period, criteria, limit=limit, cursor=cursor)
        named = _named(page.items)
        people = await self._people.addresses(named) if named else {}
        return AuditPage(items=page.items, next_cursor=page.next_cursor, people=people)

    def _period(self, since: datetime | None, until: datetime | None) -> Period:
        now = self._now()
        try:
            begin = since or (until or now) - LONGEST
        except OverflowError:
            raise Invalid.field("to", "To must be a later day.") from None
        end = until or now + AHEAD
        if begin >= end:
            raise Invalid.field("from", "From must be before To.")
        if end - begin > LONGEST + 2 * AHEAD:
            raise Invalid.field("from", f"From and To must be at most {MOST_DAYS} days apart.")
        return Period(begin, end)


def _named(entries: Iterable[AuditEntry]) -> list[str]:
    """User ids named in the entries. Other ids, such as a billing run's, are ignored by the address lookup."""
    ids = {known for entry in entries for known in (entry.actor, entry.subject_id, entry.details.get("user_id"))}
    return sorted(known for known in ids if known and is_id(known))
