"""What each operation finds when it is called, so that it can succeed, and what is kept from it. This is the only such place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
from PIL import Image

from shared.models.notification_preferences import DEFAULTS
from shared.utils import correlation
from tests.integration.conftest import PASSWORD, Person, log_in, register
from tests.waiting import eventually

NOBODY = {"roles": ["billing-admin"], "plans": ["pro"], "verified": True}
BOUNDS: dict[str, list[tuple[str, str, Any]]] = {
    "POST /api/billing/runs": [("body", "dry_run", True)],  # a real one bills the people of other tests
    "POST /internal/billing-runs": [("body", "dry_run", True)],
    "POST /api/announcements": [("body", "audience", NOBODY)],  # the people of other tests need not hear of it
    "POST /internal/announcements": [("body", "audience", NOBODY)],
    "POST /internal/pending-mails/claim": [("body", "lease_seconds", 1)],  # the workers wait for these mails so long
    "POST /internal/outbox/claim": [("body", "lease_seconds", 1)],  # the relay waits for these events so long
    "POST /internal/outbox/wait": [("query", "timeout", 0)],  # a long poll
    "GET /api/audit": [
        ("query", "from", "2026-11-01T00:00:00Z"),
        ("query", "to", "2026-12-01T00:00:00Z"),
    ],  # at most 31 days
    "GET /internal/audit": [("query", "since", "2026-11-01T00:00:00Z"), ("query", "until", "2026-12-01T00:00:00Z")],
}
"""What is always sent so: part of the request, name, value."""

EXCUSED = {
    "GET /api/invoices/{invoice_id}": "only a billing run that is not dry makes invoices",
    "GET /internal/invoices/{invoice_id}": "only a billing run that is not dry makes invoices",
    "POST /api/auth/email/verification/confirm": "a link is good once; tests/e2e/email-verification.test.ts follows some",
    "POST /internal/email-verifications/confirm": "a link is good once, as above",
    "PUT /internal/users/{user_id}/email-verification": "the person's address is confirmed already",
    "POST /internal/billing-runs/{run_id}/invoices": "the workers hold the lease of each run",
    "POST /internal/billing/runs/{run_id}/chunks": "the workers hold the lease of each run",
    "POST /internal/billing-runs/{run_id}/finish": "the workers hold the lease of each run",
    "POST /internal/billing-runs/{run_id}/lease": "the workers hold the lease of each run",
    "POST /internal/announcements/{announcement_id}/lease": "the workers hold the lease of each announcement",
    "POST /internal/announcements/{announcement_id}/delivered": "the workers hold the lease of each announcement",
    "POST /internal/announcements/{announcement_id}/finish": "the workers hold the lease of each announcement",
    "POST /api/events/dead-letters/{letter_id}/replay": "no event fails on a stack that is well",
    "DELETE /api/events/dead-letters/{letter_id}": "no event fails on a stack that is well",
    "POST /internal/outbox/dead/{event_id}/retry": "no event fails on a stack that is well",
    "DELETE /internal/outbox/dead/{event_id}": "no event fails on a stack that is well",
    "DELETE /api/notifications/{notification_id}": "each is there to be deleted once; tests/e2e/notifications.test.ts does it",
    "DELETE /internal/notifications/{user_id}/{notification_id}": "each is there to be deleted once, as above",
    "POST /api/events/replays": "names a group and a stream; tests/integration/test_events.py does it",
    "POST /internal/service-tokens": "back-auth/tests have the secrets of services",
}
"""Operations that need not succeed, and why; that what they answer is documented holds all the same."""

ADMINISTRATORS_ALONE = {"GET /api/tasks/{task_id}"}
"""What a person without any permission meets nothing at: the only tasks are those of billing runs."""


_deleted: set[str] = set()  # addresses of people whose welcome is gone


@dataclass(frozen=True)
class Fitting:
    """Parts of a request that meet something which is there; the rest is as the example has it."""

    path: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Any = None
    media_type: str = "application/json"


@dataclass(frozen=True)
class Visitor:
    """The running system as `person`, who is new, finds it through the gateway."""

    api: httpx.Client
    person: Person
    admin: Person

    def ask(self, method: str, path: str, by: Person | None = None, **request: Any) -> Any:
        """Prepares something; that it was there already does not matter."""
        answer = self.api.request(method, path, headers=(by or self.person).headers, **request)
        return answer.json() if answer.content else None

    def fitting(self, operation: str) -> Fitting:
        prepare = FITTING.get(operation)
        return prepare(self) if prepare else Fitting()


def _stranger(_: Visitor) -> Fitting:
    """An address that has not been tried: attempts to register one are limited."""
    return Fitting(body={"email": f"{uuid4().hex}@example.com", "password": PASSWORD})


def _profile(visitor: Visitor) -> Fitting:
    visitor.ask("POST", "/api/profile", json={"name": "Ada"})
    return Fitting(path=_user(visitor).path)


def _profile_change(visitor: Visitor) -> Fitting:
    path = _profile(visitor).path
    version = visitor.ask("GET", "/api/profile")["version"]
    return Fitting(path=path, body={"changes": {"bio": "New"}, "version": version})


def _no_profile(visitor: Visitor) -> Fitting:
    visitor.ask("DELETE", "/api/profile")
    return Fitting(path=_user(visitor).path)


def _picture(kind: str) -> bytes:
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, kind)
    return content.getvalue()


def _new_picture(visitor: Visitor) -> Fitting:
    return Fitting(path=_profile(visitor).path, body=_picture("PNG"), media_type="image/png")


def _new_webp(visitor: Visitor) -> Fitting:
    return Fitting(path=_profile(visitor).path, body=_picture("WEBP"), media_type="image/webp")


def _avatar(visitor: Visitor) -> Fitting:
    _profile(visitor)
    headers = visitor.person.headers | {"Content-Type": "image/png"}
    profile = visitor.api.put("/api/profile/avatar", headers=headers, content=_picture("PNG")).json()
    return Fitting(path={"avatar_id": profile["avatar_url"].rpartition("/")[2]})


def _subscription(visitor: Visitor) -> Fitting:
    visitor.ask("POST", "/api/subscription", json={"plan": "pro"})
    return _user(visitor)


def _subscription_change(visitor: Visitor) -> Fitting:
    path = _subscription(visitor).path
    stored = visitor.ask("GET", "/api/subscription")
    kept = {name: value for name, value in stored.items() if name not in ("id", "user_id")}
    return Fitting(path=path, body={**kept, "seats": 2, "event": "changed"})


def _no_subscription(visitor: Visitor) -> Fitting:
    visitor.ask("DELETE", "/api/subscription")
    return _user(visitor)


def _never_subscribed(visitor: Visitor) -> Fitting:
    """Somebody new each time. A subscription that is free is never due."""
    newcomer = register(visitor.api)
    free = {"plan": "free", "next_due_on": None, "started_at": "2026-11-23T12:00:00Z"}
    return Fitting(path={"user_id": visitor.ask("GET", "/api/me", newcomer)["user"]["id"]}, body=free)


def _run(visitor: Visitor) -> Fitting:
    """An old one, which nothing else bills."""
    visitor.ask("POST", "/api/billing/runs", visitor.admin, json={"period": "2001-01", "dry_run": True})
    run = visitor.ask("GET", "/api/billing/runs?limit=1", visitor.admin)["items"][0]
    return Fitting(path={"run_id": run["id"], "task_id": run["task_id"]})


def _session(visitor: Visitor) -> Fitting:
    """Another one than that of the calls themselves."""
    log_in(visitor.api, visitor.person.email, PASSWORD)
    sessions = visitor.ask("GET", "/api/auth/sessions")["items"]
    return Fitting(path={"session_id": next(session["id"] for session in sessions if not session["current"])})


def _notification(visitor: Visitor) -> Fitting:
    """The welcome that follows each registration."""
    items = eventually(lambda: visitor.ask("GET", "/api/notifications")["items"], "the first notification")
    return Fitting(path={**_user(visitor).path, "notification_id": items[0]["id"]})


def _one_to_delete(visitor: Visitor) -> Fitting:
    """The welcome, which is there once."""
    if visitor.person.email in _deleted:
        return _user(visitor)
    _deleted.add(visitor.person.email)
    return _notification(visitor)


def _choice(visitor: Visitor) -> Fitting:
    kinds = [{"kind": kind, "live": True, "mail": "at_once"} for kind in (each.kind for each in DEFAULTS)]
    return Fitting(path=_user(visitor).path, body={"kinds": kinds, "quiet_hours": {"from": "22:00", "to": "07:00"}})


def _choice_change(visitor: Visitor) -> Fitting:
    chosen = _choice(visitor)
    version = visitor.ask("GET", "/api/notification-preferences")["version"]
    return Fitting(path=chosen.path, body={"preferences": chosen.body, "version": version})


def _nothing(_: Visitor) -> Fitting:
    return Fitting(body={"items": []})


def _announcement(visitor: Visitor) -> Fitting:
    headers = visitor.admin.headers | {"Idempotency-Key": "one"}
    body = {"title": "A", "body": "B", "audience": NOBODY}
    made = visitor.api.post("/api/announcements", headers=headers, json=body).json()
    return Fitting(path={"announcement_id": made["id"]})


def _announcement_start(visitor: Visitor) -> Fitting:
    user_id = _user(visitor).path["user_id"]
    return Fitting(body={"title": "A", "body": "B", "created_by": user_id, "idempotency_key": "one"})


def _user(visitor: Visitor) -> Fitting:
    return Fitting(path={"user_id": visitor.ask("GET", "/api/me")["user"]["id"]})


def _credentials(visitor: Visitor) -> Fitting:
    return Fitting(body={"email": visitor.person.email, "password": PASSWORD})


def _address(visitor: Visitor) -> Fitting:
    return Fitting(body={"email": visitor.person.email})


def _refresh(visitor: Visitor) -> Fitting:
    tokens = visitor.api.post("/api/auth/login", json={"email": visitor.person.email, "password": PASSWORD}).json()
    return Fitting(body={"refresh_token": tokens["refresh_token"]})


@cache
def _traced(api: httpx.Client, authorization: str) -> str:
    """The correlation id of a request whose spans are stored."""
    known = str(uuid4())
    api.get("/api/plans", headers={correlation.HEADER: known})
    headers = {"Authorization": authorization}
    eventually(lambda: api.get(f"/api/traces/{known}", headers=headers).status_code == 200, "its spans are stored")
    return known


def _trace(visitor: Visitor) -> Fitting:
    return Fitting(path={"correlation_id": _traced(visitor.api, visitor.admin.headers["Authorization"])})


FITTING: dict[str, Callable[[Visitor], Fitting]] = {
    "POST /api/user-registration": _stranger,
    "POST /api/profile": _no_profile,
    "GET /api/profile": _profile,
    "PATCH /api/profile": _profile,
    "DELETE /api/profile": _profile,
    "PUT /api/profile/avatar": _new_picture,
    "DELETE /api/profile/avatar": _profile,
    "GET /api/avatars/{avatar_id}": _avatar,
    "POST /api/subscription": _no_subscription,
    "GET /api/subscription": _subscription,
    "PATCH /api/subscription": _subscription,
    "DELETE /api/subscription": _subscription,
    "GET /api/billing/runs/{run_id}": _run,
    "GET /api/tasks/{task_id}": _run,
    "POST /api/notifications/{notification_id}/read": _notification,
    "DELETE /api/notifications/{notification_id}": _one_to_delete,
    "PUT /api/notification-preferences": _choice,
    "GET /api/announcements/{announcement_id}": _announcement,
    "GET /api/users/{user_id}": _user,
    "GET /api/traces/{correlation_id}": _trace,
    "DELETE /api/auth/sessions/{session_id}": _session,
    "POST /api/auth/login": _credentials,
    "POST /api/auth/refresh": _refresh,
    "POST /api/auth/logout": _refresh,
    "GET /internal/avatars/{avatar_id}": _avatar,
    "POST /internal/profiles/{user_id}": _no_profile,
    "GET /internal/profiles/{user_id}": _profile,
    "PATCH /internal/profiles/{user_id}": _profile_change,
    "DELETE /internal/profiles/{user_id}": _profile,
    "PUT /internal/profiles/{user_id}/avatar": _new_webp,
    "DELETE /internal/profiles/{user_id}/avatar": _profile,
    "POST /internal/subscriptions/{user_id}": _never_subscribed,
    "GET /internal/subscriptions/{user_id}": _subscription,
    "PUT /internal/subscriptions/{user_id}": _subscription_change,
    "GET /internal/billing-runs/{run_id}": _run,
    "GET /internal/billing-runs/{run_id}/due": _run,
    "GET /internal/tasks/{task_id}": _run,
    "POST /internal/users/credentials": _address,
    "PUT /internal/users/{user_id}/password-hash": _user,
    "GET /internal/users/{user_id}": _user,
    "GET /internal/notifications/{user_id}": _notification,
    "GET /internal/notifications/{user_id}/unread-count": _notification,
    "POST /internal/notifications/{user_id}/read-all": _notification,
    "POST /internal/notifications/{user_id}/{notification_id}/read": _notification,
    "DELETE /internal/notifications/{user_id}/{notification_id}": _one_to_delete,
    "GET /internal/notification-preferences/{user_id}": _user,
    "PUT /internal/notification-preferences/{user_id}": _choice_change,
    "POST /internal/pending-mails": _nothing,
    "POST /internal/pending-mails/sent": _nothing,
    "POST /internal/announcements": _announcement_start,
    "GET /internal/announcements/{announcement_id}": _announcement,
    "GET /internal/announcements/{announcement_id}/recipients": _announcement,
    "GET /internal/login-events/{user_id}": _user,
    "GET /internal/traces/{correlation_id}": _trace,
}
