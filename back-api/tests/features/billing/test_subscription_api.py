from collections.abc import Callable
from typing import Any

import httpx
import pytest
from tests.callers import ANN, BOB, KEY_ID, Callers
from tests.conftest import Peers
from tests.peers.rows import now

from shared.utils.ids import new_id
from tests.service_callers import Signing

Headers = Callable[..., dict[str, str]]
PRO = {"plan": "pro", "seats": 2}


@pytest.fixture(autouse=True)
def people(peers: Peers) -> None:
    for person in (ANN, BOB):
        peers.postgres.add_user(person)


async def test_plans_are_public_and_kept(api: httpx.AsyncClient, peers: Peers) -> None:
    answers = [await api.get("/api/plans") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert [plan["id"] for plan in answers[0].json()["items"]] == ["free", "pro"]
    assert peers.postgres.calls == ["GET /internal/plans"]


async def test_plans_come_without_back_redis_and_kept_ones_without_back_postgres(
    api: httpx.AsyncClient, peers: Peers
) -> None:
    peers.redis.down = True
    assert (await api.get("/api/plans")).status_code == 200
    peers.redis.down = False
    await api.get("/api/plans")
    peers.postgres.down = True
    assert (await api.get("/api/plans")).status_code == 200


async def test_a_plan_that_costs_something_needs_a_proven_address(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    peers.postgres.add_user(ANN, email_verified=False)
    refused = await api.post("/api/subscription", json=PRO, headers=as_user())
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:tools-dashboard:problem:email-unverified")
    assert f"{ANN}@example.com" in refused.json()["detail"]
    assert (await api.post("/api/subscription", json={"plan": "free"}, headers=as_user())).status_code == 201
    upgrade = await api.patch("/api/subscription", json={"plan": "pro"}, headers=as_user())
    assert (upgrade.status_code, upgrade.json()["type"]) == (403, "urn:tools-dashboard:problem:email-unverified")
    peers.postgres.add_user(ANN)
    assert (await api.patch("/api/subscription", json={"plan": "pro"}, headers=as_user())).status_code == 200


async def test_a_plan_is_chosen_changed_and_canceled(api: httpx.AsyncClient, as_user: Headers) -> None:
    chosen = await api.post("/api/subscription", json=PRO, headers=as_user())
    assert (chosen.status_code, chosen.headers["location"]) == (201, "/api/subscription")
    assert (await api.post("/api/subscription", json=PRO, headers=as_user())).status_code == 409
    changed = await api.patch("/api/subscription", json={"seats": 5}, headers={**as_user(), "If-Match": '"1"'})
    assert (changed.status_code, changed.json()["seats"], changed.json()["plan"]) == (200, 5, "pro")
    stale = await api.patch("/api/subscription", json={"seats": 6}, headers={**as_user(), "If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current"]["seats"]) == (412, 5)
    assert [(await api.delete("/api/subscription", headers=as_user())).status_code for _ in range(2)] == [204, 204]
    assert (await api.get("/api/subscription", headers=as_user())).json()["state"] == "canceled"
    assert (await api.patch("/api/subscription", json={"seats": 1}, headers=as_user())).status_code == 404


@pytest.mark.parametrize("wrong", [{"seats": None}, {"plan": None}, {"currency": "USD"}, {"seats": 0}, {"seats": 1001}])
async def test_what_is_not_sold_is_refused(api: httpx.AsyncClient, as_user: Headers, wrong: dict[str, object]) -> None:
    await api.post("/api/subscription", json=PRO, headers=as_user())
    answer = await api.patch("/api/subscription", json=wrong, headers=as_user())
    assert (answer.status_code, len(answer.json()["errors"])) == (422, 1)
    assert (await api.post("/api/subscription", json=PRO | wrong, headers=as_user(BOB))).status_code == 422


def issued(peers: Peers) -> dict[str, Any]:
    """An invoice of Ann's."""
    invoice: dict[str, Any] = {
        "id": new_id(), "number": "2026-000001", "user_id": ANN, "subscription_id": new_id(), "run_id": new_id(),
        "period": "2026-11", "plan": "pro", "currency": "EUR", "amount_minor": 1200, "state": "issued",
        "issued_at": now(), "email": "ann@example.com",
    }  # fmt: skip
    return peers.postgres.invoice_rows.setdefault(invoice["id"], invoice)


async def test_staff_read_everybodys_invoices_by_user_and_by_run(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    invoice = issued(peers)
    staff = as_user(BOB, "billing-admin")
    for query in ({"user_id": ANN}, {"run_id": invoice["run_id"]}, {}):
        page = (await api.get("/api/billing/invoices", params={**query, "count": "true"}, headers=staff)).json()
        assert [(each["id"], each["email"]) for each in page["items"]] == [(invoice["id"], "ann@example.com")]
        assert page["total"] == 1
    none = await api.get("/api/billing/invoices", params={"run_id": new_id()}, headers=staff)
    assert none.json()["items"] == []
    one = f"/api/billing/invoices/{invoice['id']}"
    assert (await api.get(one, headers=staff)).json()["email"] == "ann@example.com"
    assert (await api.get(f"/api/billing/invoices/{new_id()}", headers=staff)).status_code == 404
    refused = await api.get("/api/billing/invoices", params={"run_id": "nope"}, headers=staff)
    assert [error["field"] for error in refused.json()["errors"]] == ["run_id"]
    for path in ("/api/billing/invoices", one):
        assert (await api.get(path, headers=as_user(ANN))).status_code == 403
        assert (await api.get(path, headers=as_user(ANN, "support"))).status_code == 403


async def test_invoices_are_the_own_ones(api: httpx.AsyncClient, peers: Peers, as_user: Headers) -> None:
    invoice = issued(peers)
    assert (await api.get("/api/invoices", headers=as_user())).json()["items"][0]["amount_minor"] == 1200
    assert (await api.get(f"/api/invoices/{invoice['id']}", headers=as_user())).status_code == 200
    assert (await api.get("/api/invoices", headers=as_user(BOB))).json()["items"] == []
    for other in (as_user(BOB), as_user(BOB, "admin")):
        assert (await api.get(f"/api/invoices/{invoice['id']}", headers=other)).status_code == 404


async def test_what_was_free_and_costs_now_is_due_today(api: httpx.AsyncClient, as_user: Headers) -> None:
    free = (await api.post("/api/subscription", json={"plan": "free"}, headers=as_user())).json()
    assert free["next_due_on"] is None
    pro = (await api.patch("/api/subscription", json={"plan": "pro"}, headers=as_user())).json()
    assert pro["next_due_on"] == pro["started_at"][:10] == now()[:10]
    back = (await api.patch("/api/subscription", json={"plan": "free"}, headers=as_user())).json()
    assert (back["next_due_on"], back["version"]) == (None, 3)


async def test_a_canceled_one_can_be_chosen_again(api: httpx.AsyncClient, as_user: Headers) -> None:
    first = (await api.post("/api/subscription", json=PRO, headers=as_user())).json()
    await api.delete("/api/subscription", headers=as_user())
    again = await api.post("/api/subscription", json={"plan": "pro", "interval": "year"}, headers=as_user())
    assert (again.status_code, again.json()["id"], again.json()["version"]) == (201, first["id"], 3)
    assert (again.json()["state"], again.json()["canceled_at"], again.json()["seats"]) == ("active", None, 1)


async def test_chunks_are_for_back_workers_only(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers, callers: Callers
) -> None:
    signing = Signing(callers.key, KEY_ID)
    path = f"/internal/billing/runs/{new_id()}/chunks"
    body = {"worker": "w1", "period": "2026-11"}
    admin = as_user(ANN, "admin")
    token = admin["Authorization"].removeprefix("Bearer ")
    for headers, status in [
        (admin | {"X-Service-Token": ""}, 401),
        (admin | {"X-Service-Token": token}, 401),
        (signing.headers("back-workers", "back-postgres"), 401),
        (signing.headers("back-auth", "back-api"), 403),
        (signing.headers("back-workers", "back-api"), 200),
    ]:
        assert (await api.post(path, json=body, headers=headers)).status_code == status
    service = {"Authorization": f"Bearer {signing.token('back-workers', 'back-api')}"}
    assert (await api.get("/api/me", headers=service)).status_code == 401
