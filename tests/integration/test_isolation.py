"""Nobody sees or changes what belongs to somebody else; what is not yours does not exist for you (404)."""

from datetime import UTC, datetime
from typing import Any

import httpx

from tests.integration.conftest import Person
from tests.waiting import eventually


def test_another_ones_invoice_notification_task_and_session(
    api: httpx.Client, admin: Person, verified: Person, other: Person
) -> None:
    person = verified
    period = f"{datetime.now(UTC):%Y-%m}"
    assert api.post("/api/subscription", json={"plan": "pro"}, headers=person.headers).status_code == 201
    run = _run(api, admin, period)
    invoice = _first(api, person, "/api/invoices")
    notification = _first(api, person, "/api/notifications")
    session = _first(api, person, "/api/auth/sessions")

    assert invoice["amount_minor"] == 1200
    for method, path in [
        ("GET", f"/api/invoices/{invoice['id']}"),
        ("POST", f"/api/notifications/{notification['id']}/read"),
        ("POST", f"/api/notifications/{notification['id']}/unread"),
        ("GET", f"/api/tasks/{run['task_id']}"),
        ("DELETE", f"/api/auth/sessions/{session['id']}"),
    ]:
        assert api.request(method, path, headers=other.headers).status_code == 404, path
    assert api.get("/api/invoices", headers=other.headers).json()["items"] == []
    assert api.get("/api/me", headers=person.headers).status_code == 200
    assert api.get(f"/api/invoices/{invoice['id']}", headers=person.headers).json() == invoice
    assert api.get(f"/api/billing/runs/{run['id']}", headers=admin.headers).json()["period"] == period
    assert api.get(f"/api/users/{invoice['user_id']}", headers=admin.headers).json()["email"] == person.email


def test_ordinary_users_do_not_administer(api: httpx.Client, person: Person) -> None:
    assert api.get("/api/users", headers=person.headers).status_code == 403
    assert api.get("/api/billing/runs", headers=person.headers).status_code == 403
    assert api.post("/api/billing/runs", json={"period": "2026-01"}, headers=person.headers).status_code == 403


def _first(api: httpx.Client, person: Person, path: str) -> dict[str, Any]:
    """The first item of a list, once there is one."""
    return eventually(lambda: api.get(path, headers=person.headers).json()["items"], f"an item in {path}")[0]


def _run(api: httpx.Client, admin: Person, period: str) -> dict[str, str]:
    """Starts a run of `period`, after whichever one is active now."""
    answers: list[httpx.Response] = []

    def accepted() -> bool:
        answers.append(api.post("/api/billing/runs", json={"period": period}, headers=admin.headers))
        return answers[-1].status_code == 202

    eventually(accepted, f"a run of {period} is accepted")
    return answers[-1].json()
