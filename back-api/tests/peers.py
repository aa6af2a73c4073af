"""The peers in this process: small stand-ins that answer back-api's calls as their contracts say."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel

from shared.chassis.client import Params, ServiceClient, body_of
from shared.utils.errors import Conflict, NotFound, Stale, Unavailable
from shared.utils.ids import new_id

Json = dict[str, Any]
Handler = Callable[..., Any]


def now() -> str:
    return datetime.now(UTC).isoformat()


class FakePeer:
    """`answer` dispatches `METHOD /path` to the method that `routes` names; ids are the `{}` of the path."""

    routes: dict[str, str] = {}

    def __init__(self) -> None:
        self.down = False
        self.calls: list[str] = []

    def answer(self, method: str, path: str, params: dict[str, str], body: bytes) -> bytes:
        """The body of the answer; raises what ServiceClient makes of a problem."""
        self.calls.append(f"{method} {path}")
        handler, ids = self._find(method, path)
        result = handler(*ids, body=body, params=params)
        return result if isinstance(result, bytes) else json.dumps(result).encode()

    def _find(self, method: str, path: str) -> tuple[Handler, list[str]]:
        parts = path.split("/")
        for route, name in self.routes.items():
            wanted, pattern = route.split(" ")
            pairs = list(zip(pattern.split("/"), parts, strict=False))
            if wanted == method and pattern.count("/") == path.count("/") and all(p in ("{}", q) for p, q in pairs):
                return getattr(self, name), [part for p, part in pairs if p == "{}"]
        raise NotFound


class InProcessClient(ServiceClient):
    """A ServiceClient whose call is a method call."""

    def __init__(self, name: str, peer: FakePeer) -> None:
        super().__init__(name, "http://in-process")
        self._peer = peer

    async def call(
        self,
        method: str,
        path: str,
        *,
        json: BaseModel | None = None,
        params: Params | None = None,
        content: bytes | None = None,
        content_type: str = "application/octet-stream",
    ) -> bytes:
        if self._peer.down:
            raise Unavailable(dependency=self.name)
        query = {name: str(value) for name, value in (params or {}).items() if value is not None}
        return self._peer.answer(method, path, query, content or (body_of(json) if json else b""))


class FakeAuth(FakePeer):
    """back-auth: its key set, and accounts that it was asked to open."""

    routes = {"GET /.well-known/jwks.json": "keys", "POST /internal/accounts": "open"}

    def __init__(self, jwk: Json) -> None:
        super().__init__()
        self._jwk = jwk
        self.accounts: list[Json] = []

    def keys(self, **_: Any) -> Json:
        return {"keys": [self._jwk]}

    def open(self, *, body: bytes, **_: Any) -> Json:
        self.accounts.append(json.loads(body))
        return {"email": self.accounts[-1]["email"], "status": "check_your_mail"}


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


class FakePostgres(FakePeer):
    routes = {
        "GET /internal/users": "users",
        "GET /internal/users/{}": "user",
        "POST /internal/profiles/{}": "create_profile",
        "GET /internal/profiles/{}": "profile",
        "PATCH /internal/profiles/{}": "change_profile",
        "DELETE /internal/profiles/{}": "delete_profile",
        "PUT /internal/profiles/{}/avatar": "set_avatar",
        "DELETE /internal/profiles/{}/avatar": "remove_avatar",
        "GET /internal/avatars/{}": "avatar",
        "GET /internal/plans": "plans",
        "POST /internal/subscriptions/{}": "subscribe",
        "GET /internal/subscriptions/{}": "subscription",
        "PATCH /internal/subscriptions/{}": "change_subscription",
        "DELETE /internal/subscriptions/{}": "cancel_subscription",
        "GET /internal/invoices": "invoices",
        "GET /internal/invoices/{}": "invoice",
        "POST /internal/billing-runs": "start_run",
        "GET /internal/billing-runs": "runs",
        "GET /internal/billing-runs/{}": "run",
        "GET /internal/tasks/{}": "task",
    }

    def __init__(self) -> None:
        super().__init__()
        self.profile_rows, self.subscription_rows = Versioned(), Versioned()
        self.user_rows: dict[str, Json] = {}
        self.avatars: dict[str, bytes] = {}
        self.invoice_rows: dict[str, Json] = {}
        self.run_rows: dict[str, Json] = {}
        self.task_rows: dict[str, Json] = {}

    def users(self, *, params: Json, **_: Any) -> Json:
        found = [user for user in self.user_rows.values() if params.get("q", "") in user["email"]]
        return {"items": found[: int(params["limit"])], "next_cursor": None}

    def user(self, user_id: str, **_: Any) -> Json:
        return _one(self.user_rows, user_id)

    def create_profile(self, user_id: str, *, body: bytes, **_: Any) -> Json:
        return self.profile_rows.create(user_id, json.loads(body) | {"created_at": now(), "updated_at": now()})

    def profile(self, user_id: str, **_: Any) -> Json:
        return self.profile_rows.get(user_id)

    def change_profile(self, user_id: str, *, body: bytes, **_: Any) -> Json:
        change = json.loads(body)
        return self.profile_rows.change(user_id, change["version"], **change["changes"])

    def delete_profile(self, user_id: str, *, params: Json, **_: Any) -> bytes:
        self.profile_rows.change(user_id, int(params["version"]))
        del self.profile_rows.rows[user_id]
        return b""

    def set_avatar(self, user_id: str, *, body: bytes, params: Json, **_: Any) -> Json:
        avatar_id = new_id()
        self.avatars[avatar_id] = body
        return self.profile_rows.change(user_id, int(params["version"]), avatar_url=f"/api/avatars/{avatar_id}")

    def remove_avatar(self, user_id: str, *, params: Json, **_: Any) -> Json:
        return self.profile_rows.change(user_id, int(params["version"]), avatar_url=None)

    def avatar(self, avatar_id: str, **_: Any) -> bytes:
        return _one(self.avatars, avatar_id)

    def plans(self, **_: Any) -> Json:
        prices = {"free": 0, "pro": 1200}
        return {"items": [_plan(plan, amount) for plan, amount in prices.items()]}

    def subscribe(self, user_id: str, *, body: bytes, **_: Any) -> Json:
        defaults = {"interval": "month", "currency": "EUR", "seats": 1}
        state = {"state": "active", "next_due_on": "2026-11-23", "started_at": now()}
        return self.subscription_rows.create(user_id, defaults | json.loads(body) | state)

    def subscription(self, user_id: str, **_: Any) -> Json:
        return self.subscription_rows.get(user_id)

    def change_subscription(self, user_id: str, *, body: bytes, **_: Any) -> Json:
        change = json.loads(body)
        return self.subscription_rows.change(user_id, change["version"], **change["changes"])

    def cancel_subscription(self, user_id: str, *, params: Json, **_: Any) -> Json:
        return self.subscription_rows.change(user_id, int(params["version"]), state="canceled", canceled_at=now())

    def invoices(self, *, params: Json, **_: Any) -> Json:
        own = [invoice for invoice in self.invoice_rows.values() if invoice["user_id"] == params["user_id"]]
        return {"items": own, "next_cursor": None}

    def invoice(self, invoice_id: str, *, params: Json, **_: Any) -> Json:
        invoice = _one(self.invoice_rows, invoice_id)
        if invoice["user_id"] != params["user_id"]:
            raise NotFound
        return invoice

    def start_run(self, *, body: bytes, **_: Any) -> Json:
        wanted = json.loads(body)
        if any(run["period"] == wanted["period"] for run in self.run_rows.values()):
            raise Conflict
        run = {"id": new_id(), "task_id": new_id(), "state": "pending", "created_at": now(), **wanted}
        task = {"id": run["task_id"], "type": "billing-run", "state": "pending", "progress": 0}
        self.run_rows[run["id"]] = run
        self.task_rows[run["task_id"]] = task | {
            "created_by": wanted["requested_by"],
            "created_at": now(),
            "updated_at": now(),
        }
        return run

    def runs(self, **_: Any) -> Json:
        return {"items": list(self.run_rows.values()), "next_cursor": None}

    def run(self, run_id: str, **_: Any) -> Json:
        return _one(self.run_rows, run_id)

    def task(self, task_id: str, **_: Any) -> Json:
        return _one(self.task_rows, task_id)


class FakeCassandra(FakePeer):
    routes = {
        "GET /internal/notifications/{}": "newest",
        "GET /internal/notifications/{}/unread-count": "count",
        "POST /internal/notifications/{}/read-all": "read_all",
        "POST /internal/notifications/{}/{}/read": "read",
    }

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Json] = []

    def add(self, user_id: str) -> str:
        row = {"id": new_id(), "user_id": user_id, "kind": "welcome", "title": "Welcome", "body": "Hello"}
        self.rows.append(row | {"created_at": now(), "read_at": None})
        return str(row["id"])

    def _own(self, user_id: str, *, unread: bool) -> list[Json]:
        return [row for row in self.rows if row["user_id"] == user_id and not (unread and row["read_at"])]

    def newest(self, user_id: str, *, params: Json, **_: Any) -> Json:
        return {"items": self._own(user_id, unread="unread" in params)[: int(params["limit"])], "next_cursor": None}

    def count(self, user_id: str, **_: Any) -> Json:
        return {"count": len(self._own(user_id, unread=True))}

    def read_all(self, user_id: str, **_: Any) -> bytes:
        for row in self._own(user_id, unread=True):
            row["read_at"] = now()
        return b""

    def read(self, user_id: str, notification_id: str, **_: Any) -> bytes:
        own = {row["id"]: row for row in self._own(user_id, unread=False)}
        _one(own, notification_id)["read_at"] = now()
        return b""


def _one(rows: dict[str, Any], key: str) -> Any:
    if key not in rows:
        raise NotFound
    return rows[key]


def _plan(plan: str, amount: int) -> Json:
    intervals = {"month": amount, "year": amount * 10}
    prices = [{"interval": i, "currency": "EUR", "amount_minor": minor} for i, minor in intervals.items()]
    return {"id": plan, "name": plan.title(), "description": "", "features": [], "prices": prices}
