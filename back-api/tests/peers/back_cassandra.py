import json
from typing import Any

from tests.peers.routed import Json, RoutedPeer
from tests.peers.rows import now, one

from shared.utils.errors import Stale
from shared.utils.ids import new_id


class FakeCassandra(RoutedPeer):
    """back-cassandra's notifications, traces, audit log and feature flags."""

    routes = {
        "GET /internal/notifications/{}": "newest",
        "GET /internal/notifications/{}/unread-count": "count",
        "POST /internal/notifications/{}/read-all": "read_all",
        "POST /internal/notifications/{}/{}/read": "read",
        "POST /internal/notifications/{}/{}/unread": "unread",
        "GET /internal/traces": "recent_traces",
        "GET /internal/traces/{}": "trace",
        "DELETE /internal/notifications/{}/{}": "delete",
        "GET /internal/audit": "audit",
        "GET /internal/figures/activity": "activity_counted",
        "GET /internal/feature-flags": "newest_flags",
        "GET /internal/feature-flags/{}/versions": "flag_history",
        "PUT /internal/feature-flags/{}/versions/{}": "store_flag",
    }

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Json] = []
        self.traces: dict[str, list[Json]] = {}
        self.asked: Json = {}
        self.entries: list[Json] = []
        self.activity_figures: Json = {}
        self.flags: dict[str, list[Json]] = {}

    def add(self, user_id: str, kind: str = "welcome") -> str:
        row = {"id": new_id(), "user_id": user_id, "kind": kind, "title": "Welcome", "body": "Hello"}
        self.rows.append(row | {"created_at": now(), "read_at": None})
        return str(row["id"])

    def _own(self, user_id: str, *, unread: bool) -> list[Json]:
        return [row for row in self.rows if row["user_id"] == user_id and not (unread and row["read_at"])]

    def newest(self, user_id: str, *, params: Json, **_: Any) -> Json:
        own = self._own(user_id, unread="unread" in params)
        items = [row for row in own if params.get("kind", row["kind"]) == row["kind"]]
        return {"items": items[: int(params["limit"])], "next_cursor": None}

    def count(self, user_id: str, **_: Any) -> Json:
        return {"count": len(self._own(user_id, unread=True))}

    def read_all(self, user_id: str, **_: Any) -> bytes:
        for row in self._own(user_id, unread=True):
            row["read_at"] = now()
        return b""

    def read(self, user_id: str, notification_id: str, **_: Any) -> bytes:
        own = {row["id"]: row for row in self._own(user_id, unread=False)}
        one(own, notification_id)["read_at"] = now()
        return b""

    def unread(self, user_id: str, notification_id: str, **_: Any) -> bytes:
        own = {row["id"]: row for row in self._own(user_id, unread=False)}
        one(own, notification_id)["read_at"] = None
        return b""

    def recent_traces(self, *, params: Json, **_: Any) -> Json:
        self.asked = params
        summary = {"service": "back-api", "name": "GET /", "duration_ms": 1, "spans": 1, "failed": False}
        moment = {"started_at": now(), "trace_id": "1"}
        return {"items": [summary | moment | {"correlation_id": known} for known in self.traces]}

    def trace(self, correlation_id: str, **_: Any) -> Json:
        return {"correlation_id": correlation_id, "spans": one(self.traces, correlation_id), "logs": []}

    def activity_counted(self, **_: Any) -> Json:
        return self.activity_figures

    def audit(self, *, params: Json, **_: Any) -> Json:
        self.asked = params
        return {"items": self.entries, "next_cursor": None}

    def newest_flags(self, **_: Any) -> Json:
        return {"items": [versions[0] for versions in self.flags.values()]}

    def flag_history(self, name: str, *, params: Json, **_: Any) -> Json:
        return {"items": self.flags.get(name, [])[: int(params["limit"])], "next_cursor": None}

    def store_flag(self, name: str, version: str, *, body: bytes, **_: Any) -> Json:
        versions = self.flags.setdefault(name, [])
        if int(version) != len(versions) + 1:
            raise Stale(current=versions[0])
        versions.insert(0, json.loads(body) | {"name": name, "version": int(version)})
        return versions[0]

    def delete(self, user_id: str, notification_id: str, **_: Any) -> bytes:
        own = {row["id"]: row for row in self._own(user_id, unread=False)}
        self.rows.remove(one(own, notification_id))
        return b""
