"""Feature flags: a version is written once, by a lightweight transaction, and the newest one holds."""

from typing import Any

from database import Database
from driver import Row
from pydantic import TypeAdapter

from repositories import time_buckets
from shared.models.base import Page
from shared.models.feature_flag import FeatureFlag, FlagRule, NewFlagVersion
from shared.utils import cursors
from shared.utils.errors import Invalid, Stale

MOST_FLAGS = 1_000
LAST_VERSION = 2**31 - 1
_COLUMNS = "name, version, id, enabled, percentage, rules, owner, expires_on, reason, changed_by, changed_at"
_NEWEST = f"SELECT {_COLUMNS} FROM feature_flags PER PARTITION LIMIT 1 LIMIT ?"  # noqa: S608
_NEWEST_OF = f"SELECT {_COLUMNS} FROM feature_flags WHERE name = ? LIMIT 1"  # noqa: S608
_HISTORY = f"SELECT {_COLUMNS} FROM feature_flags WHERE name = ? AND version < ? LIMIT ?"  # noqa: S608
_INSERT = f"INSERT INTO feature_flags ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS"  # noqa: S608
_RULES = TypeAdapter(list[FlagRule])


class FeatureFlagRepository:
    """Raises `Unavailable` when Cassandra does not answer."""

    def __init__(self, database: Database) -> None:
        self._query = database.query

    async def newest(self) -> list[FeatureFlag]:
        """The newest version of each flag that was ever changed, at most 1,000 flags."""
        return [_flag(row) for row in await self._query(_NEWEST, MOST_FLAGS)]

    async def store(self, name: str, version: int, new: NewFlagVersion) -> FeatureFlag:
        """Stores `new` as `version`, which follows the newest one; the same again, by its id, changes nothing.

        Raises:
            Invalid: its id is not a UUIDv7.
            Stale: another version is the newest one; carries it as `current`, unless the flag has none.
        """
        change_id = time_buckets.uuid7(new.id, "id")
        known = await self._query(_NEWEST_OF, name)
        if known and known[0]["id"] == change_id:
            return _flag(known[0])
        if version != (known[0]["version"] if known else 0) + 1:
            raise _stale(known)
        values = (
            name, version, change_id, new.enabled, new.percentage, _RULES.dump_json(new.rules).decode(), new.owner,
            new.expires_on, new.reason, new.changed_by, new.changed_at,
        )  # fmt: skip
        (outcome,) = await self._query(_INSERT, *values)
        if not outcome["[applied]"] and outcome["id"] != change_id:
            raise _stale([outcome])
        return FeatureFlag(name=name, version=version, **new.model_dump(exclude={"id"}))

    async def history(self, name: str, *, limit: int, cursor: str | None) -> Page[FeatureFlag]:
        """The versions of a flag, newest first; none for one that was never changed.

        Raises:
            Invalid: `cursor` is not one of this list.
        """
        rows = await self._query(_HISTORY, name, _below(cursor), limit + 1)
        flags = [_flag(row) for row in rows[:limit]]
        return Page(items=flags, next_cursor=cursors.encode(str(flags[-1].version)) if len(rows) > limit else None)


def _below(cursor: str | None) -> int:
    if cursor is None:
        return LAST_VERSION
    (version,) = cursors.decode(cursor, 1)
    if not version.isascii() or not version.isdigit() or int(version) > LAST_VERSION:
        raise Invalid.field("cursor", "is not a cursor that this list gave out")
    return int(version)


def _stale(known: list[Row]) -> Stale:
    current = _flag(known[0]).model_dump(mode="json") if known else None
    return Stale("Load it again and repeat your change.", current=current)


def _flag(row: Row) -> FeatureFlag:
    as_stored = ("name", "version", "enabled", "percentage", "owner", "reason", "changed_by")
    values: dict[str, Any] = {column: row[column] for column in as_stored}
    return FeatureFlag(
        **values,
        rules=_RULES.validate_json(row["rules"]),
        expires_on=row["expires_on"].date(),
        changed_at=time_buckets.aware(row["changed_at"]),
    )
