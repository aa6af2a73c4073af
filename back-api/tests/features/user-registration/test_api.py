import httpx
from tests.conftest import Peers

ANN = {"email": "Ann@Example.com", "password": "correct horse battery", "name": "Ann"}


async def test_registering_is_accepted_and_passed_on_to_back_auth(api: httpx.AsyncClient, peers: Peers) -> None:
    answer = await api.post("/api/user-registration", json=ANN)
    assert (answer.status_code, answer.json()) == (202, {"email": "ann@example.com", "status": "check_your_mail"})
    assert peers.auth.accounts == [{**ANN, "email": "ann@example.com"}]


async def test_a_weak_password_is_reported_at_its_field(api: httpx.AsyncClient, peers: Peers) -> None:
    answer = await api.post("/api/user-registration", json={**ANN, "password": "password123"})
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, ["password"])
    assert "password123" not in answer.text
    assert peers.auth.accounts == []


async def test_a_short_password_is_reported_at_its_field(api: httpx.AsyncClient) -> None:
    answer = await api.post("/api/user-registration", json={**ANN, "password": "short"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "password")
    assert "10 characters" in answer.json()["errors"][0]["message"]


async def test_without_back_auth_it_says_that_registering_does_not_work(api: httpx.AsyncClient, peers: Peers) -> None:
    peers.auth.down = True
    answer = await api.post("/api/user-registration", json=ANN)
    assert (answer.status_code, answer.json()["dependency"]) == (503, "back-auth")
    assert answer.json()["detail"].startswith("Registering is not available")
    assert answer.headers["retry-after"]
