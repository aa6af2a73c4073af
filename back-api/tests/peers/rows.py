"""What the stand-ins store."""

from datetime import UTC, datetime
from typing import Any

from shared.utils.errors import Conflict, NotFound, Stale
from shared.utils.ids import new_id

Json = dict[str, Any]


def now() -> str:
    return datetime.now(UTC).isoformat()


def one(rows: dict[str, Any], key: str) -> Any:
    if key not in rows:
        raise NotFound
    return rows[key]


class Versioned:
    """Rows by owner, with a version that must be named to change one."""

    def __init__(self) -> None:
        self.rows: dict[str, Json] = {}

    def create(self, owner: str, row: Json) -> Json:
        if owner in self.rows:
            raise Conflict
        self.rows[owner] = {"id": new_id(), "user_id": owner, "version": 1, **row}
        return self.rows[owner]

    def get(self, owner: str) -> Json:
        if owner not in self.rows:
            raise NotFound
        return self.rows[owner]

    def change(self, owner: str, version: int, **changes: Any) -> Json:
        row = self.get(owner)
        if row["version"] != version:
            raise Stale(current=row)
        self.rows[owner] = row | changes | {"version": version + 1}
        return self.rows[owner]
