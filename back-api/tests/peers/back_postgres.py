import json
from typing import Any

from tests.peers.owned import COLLECTIONS, OwnedRows
from tests.peers.routed import Json, RoutedPeer
from tests.peers.rows import Versioned, now, one

from shared.models.notification_kinds import DEFAULTS
from shared.utils.errors import Conflict, NotFound, Stale
from shared.utils.ids import new_id


class FakePostgres(RoutedPeer):
    """back-postgres with what back-api asks it for."""

    routes = {
        "GET /internal/users": "users",
        "GET /internal/users/{}": "user",
        "POST /internal/users/batch": "user_batch",
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
        "PUT /internal/subscriptions/{}": "replace_subscription",
        "GET /internal/invoices": "invoices",
        "GET /internal/invoices/{}": "invoice",
        "POST /internal/billing-runs": "start_run",
        "GET /internal/billing-runs": "runs",
        "GET /internal/billing-runs/{}": "run",
        "GET /internal/billing-runs/{}/due": "due",
        "POST /internal/billing-runs/{}/invoices": "write_invoices",
        "GET /internal/tasks/{}": "task",
        "GET /internal/notification-preferences/{}": "preferences",
        "PUT /internal/notification-preferences/{}": "put_preferences",
        "POST /internal/announcements": "announce",
        "GET /internal/announcements": "announcements",
        "GET /internal/announcements/{}": "announcement",
        "POST /internal/announcements/audience": "audience",
        "GET /internal/outbox/figures": "outbox_figures",
        "GET /internal/figures/accounts": "accounts_counted",
    }

    def __init__(self) -> None:
        super().__init__()
        self.profile_rows = Versioned()
        self.subscription_rows = Versioned()
        self.user_rows: dict[str, Json] = {}
        self.user_query: Json = {}
        self.avatars: dict[str, bytes] = {}
        self.invoice_rows: dict[str, Json] = {}
        self.run_rows: dict[str, Json] = {}
        self.task_rows: dict[str, Json] = {}
        self.batches: list[Json] = []
        self.drafts: list[Json] = []
        self.invoice_errors: dict[str, Exception] = {}
        self.preference_rows: dict[str, Json] = {}
        self.announcement_rows: dict[str, Json] = {}
        self.account_figures: Json = {}
        self.owned = {collection: OwnedRows() for collection in COLLECTIONS}

    def handle(self, method: str, path: str, params: dict[str, str], body: bytes) -> bytes:
        collection, _, ids = path.removeprefix("/internal/").partition("/")
        if collection not in self.owned:
            return super().handle(method, path, params, body)
        owner, _, entity_id = ids.partition("/")
        answer = self.owned[collection].answer(method, owner, entity_id or None, params, body)
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    def add_user(self, user_id: str, *, email_verified: bool = True) -> None:
        verified_at = now() if email_verified else None
        self.user_rows[user_id] = {
            "id": user_id,
            "email": f"{user_id}@example.com",
            "email_verified_at": verified_at,
            "created_at": now(),
        }

    def outbox_figures(self, **_: Any) -> Json:
        return {"pending": 3, "oldest_seconds": 1.5, "dead": 0}

    def accounts_counted(self, **_: Any) -> Json:
        return self.account_figures

    def users(self, *, params: Json, **_: Any) -> Json:
        self.user_query = dict(params)
        found = [user for user in self.user_rows.values() if params.get("q", "") in user["email"]]
        return {"items": found[: int(params.get("limit", 20))], "next_cursor": None}

    def user(self, user_id: str, **_: Any) -> Json:
        return one(self.user_rows, user_id)

    def user_batch(self, *, body: bytes, **_: Any) -> Json:
        return {"items": [self.user_rows[known] for known in json.loads(body)["ids"] if known in self.user_rows]}

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
        return one(self.avatars, avatar_id)

    def plans(self, **_: Any) -> Json:
        prices = {"free": 0, "pro": 1200}
        return {"items": [_plan(plan, amount) for plan, amount in prices.items()]}

    def subscribe(self, user_id: str, *, body: bytes, **_: Any) -> Json:
        defaults = {"interval": "month", "currency": "EUR", "seats": 1}
        return self.subscription_rows.create(user_id, defaults | json.loads(body) | {"state": "active"})

    def subscription(self, user_id: str, **_: Any) -> Json:
        return self.subscription_rows.get(user_id)

    def replace_subscription(self, user_id: str, *, body: bytes, **_: Any) -> Json:
        row = json.loads(body)
        del row["event"]
        return self.subscription_rows.change(user_id, row.pop("version"), **row)

    def invoices(self, *, params: Json, **_: Any) -> Json:
        given = {name: params[name] for name in ("user_id", "run_id") if name in params}
        found = [each for each in self.invoice_rows.values() if given.items() <= each.items()]
        return {"items": found, "next_cursor": None, "total": len(found)}

    def invoice(self, invoice_id: str, *, params: Json, **_: Any) -> Json:
        invoice = one(self.invoice_rows, invoice_id)
        if invoice["user_id"] != params.get("user_id", invoice["user_id"]):
            raise NotFound
        return invoice

    def start_run(self, *, body: bytes, **_: Any) -> Json:
        changes = json.loads(body)
        if any(run["period"] == changes["period"] for run in self.run_rows.values()):
            raise Conflict
        run = {"id": new_id(), "task_id": new_id(), "state": "pending", "created_at": now(), **changes}
        task = {"id": run["task_id"], "type": "billing-run", "state": "pending", "progress": 0}
        self.run_rows[run["id"]] = run
        self.task_rows[run["task_id"]] = task | {
            "created_by": changes["requested_by"],
            "created_at": now(),
            "updated_at": now(),
        }
        return run

    def runs(self, **_: Any) -> Json:
        return {"items": list(self.run_rows.values()), "next_cursor": None}

    def run(self, run_id: str, **_: Any) -> Json:
        return one(self.run_rows, run_id)

    def due(self, _: str, *, params: Json, **__: Any) -> Json:
        known = sorted(self.subscription_rows.rows.values(), key=lambda row: row["id"])
        due = [row for row in known if row["next_due_on"] and row["next_due_on"] < params["before"]]
        return {"items": [row for row in due if row["id"] > params.get("after", "")][: int(params["limit"])]}

    def write_invoices(self, run_id: str, *, body: bytes, **_: Any) -> Json:
        """Fails as `invoice_errors` says for a subscription."""
        batch = json.loads(body)
        self.batches.append(batch)
        for draft in batch["invoices"]:
            if error := self.invoice_errors.get(draft["subscription_id"]):
                raise error
        self.drafts += batch["invoices"]
        run = one(self.run_rows, run_id)
        run["processed"] = len(self.drafts)
        return run

    def task(self, task_id: str, **_: Any) -> Json:
        return one(self.task_rows, task_id)

    def preferences(self, user_id: str, **_: Any) -> Json:
        defaults = [default.model_dump() for default in DEFAULTS]
        return self.preference_rows.get(user_id) or {"kinds": defaults, "quiet_hours": None, "version": 0}

    def put_preferences(self, user_id: str, *, body: bytes, **_: Any) -> Json:
        change = json.loads(body)
        current = self.preferences(user_id)
        if change["version"] != current["version"]:
            raise Stale(current=current)
        self.preference_rows[user_id] = change["preferences"] | {"version": change["version"] + 1}
        return self.preference_rows[user_id]

    def announce(self, *, body: bytes, **_: Any) -> Json:
        changes = json.loads(body)
        made = self.announcement_rows.setdefault(
            changes["idempotency_key"],
            {"audience": {}, **changes, "id": new_id(), "state": "pending", "recipients": 3, "created_at": now()},
        )
        if made["title"] != changes["title"]:
            raise Conflict
        return made

    def announcements(self, **_: Any) -> Json:
        return {"items": list(self.announcement_rows.values()), "next_cursor": None}

    def announcement(self, announcement_id: str, **_: Any) -> Json:
        return one({row["id"]: row for row in self.announcement_rows.values()}, announcement_id)

    def audience(self, *, body: bytes, **_: Any) -> Json:
        return {"recipients": 3 if _everybody(json.loads(body)["audience"]) else 1}


def _plan(plan: str, amount: int) -> Json:
    intervals = {"month": amount, "year": amount * 10}
    prices = [{"interval": i, "currency": "EUR", "amount_minor": minor} for i, minor in intervals.items()]
    return {"id": plan, "name": plan.title(), "description": "", "features": [], "prices": prices}


def _everybody(audience: Json) -> bool:
    return all(audience.get(condition) is None for condition in ("roles", "plans", "verified"))
