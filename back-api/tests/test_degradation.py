"""With a dependency down, what needs it says so, and everything else goes on."""

from collections.abc import Callable

import httpx
import pytest
from tests.callers import ANN
from tests.conftest import Peers

from shared.utils.ids import new_id

Headers = Callable[..., dict[str, str]]
ON_POSTGRES = [
    ("/api/profile", "Your profile is"), ("/api/me", "Your account is"), ("/api/users", "The list of accounts is"),
    ("/api/subscription", "Billing is"), ("/api/invoices", "Billing is"), ("/api/billing/runs", "Billing is"),
    (f"/api/tasks/{new_id()}", "The progress of your task is"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "what"), ON_POSTGRES)
async def test_without_back_postgres(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers, path: str, what: str
) -> None:
    peers.postgres.down = True
    answer = await api.get(path, headers=as_user(ANN, "admin"))
    assert (answer.status_code, answer.json()["dependency"]) == (503, "back-postgres")
    assert answer.json()["detail"].startswith(f"{what} not available right now")
    assert int(answer.headers["retry-after"]) > 0
    assert (await api.get("/api/notifications", headers=as_user())).status_code == 200
    peers.postgres.down = False
    assert (await api.get(path, headers=as_user(ANN, "admin"))).status_code in (200, 404)


async def test_without_back_auth_whose_keys_are_known_everybody_goes_on(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    known = as_user()
    assert (await api.get("/api/notifications", headers=known)).status_code == 200
    peers.auth.down = True
    assert (await api.get("/api/notifications", headers=known)).status_code == 200
    assert (await api.get("/api/notifications", headers=as_user(session_id="new"))).status_code == 200


async def test_without_back_auth_whose_keys_are_not_known_everybody_is_asked_to_come_again(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    peers.auth.down = True
    answer = await api.get("/api/notifications", headers=as_user())
    assert (answer.status_code, answer.json()["dependency"]) == (503, "back-auth")
    assert int(answer.headers["retry-after"]) > 0
    peers.auth.down = False
    assert (await api.get("/api/notifications", headers=as_user())).status_code == 200


async def test_a_peer_that_answers_nonsense_is_unavailable(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    peers.postgres.profile_rows.rows[ANN] = {"surprise": True}
    assert (await api.get("/api/profile", headers=as_user())).status_code == 503


async def test_readiness_names_what_is_missing(api: httpx.AsyncClient, peers: Peers) -> None:
    assert await missing(api) == set()
    peers.cassandra.down = peers.redis.down = True
    ready = await api.get("/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    assert await missing(api) == {"back-cassandra", "back-redis"}


async def missing(api: httpx.AsyncClient) -> set[str]:
    checks = (await api.get("/health/ready")).json()["checks"]
    return {name for name, check in checks.items() if not check["ok"]}
