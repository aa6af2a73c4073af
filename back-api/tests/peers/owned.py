"""Entities of which each user owns many, kept as back-postgres keeps them: one of these for each such path of the contracts."""

import json
import re
from typing import Any

from tests.peers.rows import Json, Versioned, now, one

from shared.contracts.allowed_callers import endpoints_of
from shared.utils.errors import Conflict
from shared.utils.ids import new_id

_OF_ONE = re.compile(r"/internal/([a-z-]+)/\{user_id\}/\{\w+_id\}")
COLLECTIONS = sorted({found[1] for each in endpoints_of("back-postgres") if (found := _OF_ONE.fullmatch(each.path))})


class OwnedRows:
    """Answers `/internal/{collection}/{owner}` and, of one entity, `.../{id}`."""

    def __init__(self) -> None:
        self._rows: dict[str, Versioned] = {}
        self._by_key: dict[tuple[str, str | None], Json] = {}

    def answer(self, method: str, owner: str, entity_id: str | None, params: Json, body: bytes) -> Json | bytes:
        """What back-postgres would answer. Raises NotFound for another owner's, and Stale for another version."""
        own = self._rows.setdefault(owner, Versioned())
        if entity_id is None:
            return self._create(own, owner, json.loads(body)) if method == "POST" else _page(own, params)
        match method:
            case "GET":
                return one(own.rows, entity_id)
            case "PATCH":
                change = json.loads(body)
                return own.change(entity_id, change["version"], **change["changes"])
            case _:
                own.change(entity_id, int(params["version"]))
                del own.rows[entity_id]
                return b""

    def _create(self, own: Versioned, owner: str, sent: Json) -> Json:
        """A new one, or the one of the same idempotency key. Raises Conflict when that one says something else."""
        key = sent.pop("idempotency_key", None)
        made = self._by_key.get((owner, key))
        if made and any(made.get(name) != value for name, value in sent.items()):
            raise Conflict
        if made:
            return made
        known = {"id": new_id(), "user_id": owner, "created_at": now(), "updated_at": now()}
        created = own.create(known["id"], sent | known)
        if key:
            self._by_key[owner, key] = created
        return created


def _page(own: Versioned, params: dict[str, Any]) -> Json:
    """Newest first; its cursor is the id of the last one."""
    older = [row for key, row in sorted(own.rows.items(), reverse=True) if key < params.get("cursor", "g")]
    limit = int(params["limit"])
    return {"items": older[:limit], "next_cursor": older[limit - 1]["id"] if len(older) > limit else None}
