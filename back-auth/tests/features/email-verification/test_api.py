import httpx
import pytest

from tests.conftest import PASSWORD, Peers

CONFIRM = "/api/auth/email/verification/confirm"
RESEND = "/api/auth/email/verification"


async def logged_in(api: httpx.AsyncClient, email: str = "ann@example.com") -> dict[str, str]:
    answer = await api.post("/api/auth/login", json={"email": email, "password": PASSWORD})
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def test_the_link_of_a_registration_proves_the_address_once(api: httpx.AsyncClient, peers: Peers) -> None:
    await api.post("/internal/accounts", json={"email": "new@example.com", "password": PASSWORD})
    [(user_id, link)] = peers.postgres.links.items()
    assert (await api.post(CONFIRM, json={"token": link["token"]})).status_code == 204
    assert peers.postgres.users[user_id]["email_verified_at"]
    again = await api.post(CONFIRM, json={"token": link["token"]})
    assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "token")


async def test_the_hash_is_not_the_token(api: httpx.AsyncClient, peers: Peers) -> None:
    await api.post("/internal/accounts", json={"email": "new@example.com", "password": PASSWORD})
    [link] = peers.postgres.links.values()
    assert (await api.post(CONFIRM, json={"token": link["token_hash"]})).status_code == 422


async def test_a_new_link_replaces_the_old_one(api: httpx.AsyncClient, peers: Peers) -> None:
    mine = await logged_in(api)
    links: list[str] = []
    for _ in range(2):
        assert (await api.post(RESEND, headers=mine)).status_code == 202
        links.append(peers.postgres.links[peers.user_id]["token"])
    assert [(await api.post(CONFIRM, json={"token": token})).status_code for token in links] == [422, 204]


async def test_a_proven_address_gets_no_further_link(api: httpx.AsyncClient, peers: Peers) -> None:
    peers.postgres.users[peers.user_id]["email_verified_at"] = "2026-11-23T08:00:00Z"
    assert (await api.post(RESEND, headers=await logged_in(api))).status_code == 202
    assert not peers.postgres.links


async def test_links_to_one_account_are_limited(api: httpx.AsyncClient) -> None:
    mine = await logged_in(api)
    answers = [await api.post(RESEND, headers=mine) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_without_back_postgres_the_link_stays_good(api: httpx.AsyncClient, peers: Peers) -> None:
    await api.post(RESEND, headers=await logged_in(api))
    token = peers.postgres.links[peers.user_id]["token"]
    peers.postgres.down = True
    assert (await api.post(CONFIRM, json={"token": token})).status_code == 503
    peers.postgres.down = False
    assert (await api.post(CONFIRM, json={"token": token})).status_code == 204


@pytest.mark.parametrize("token", ["", " ", "x", "x" * 129, "\x00", 7, None])
async def test_what_is_no_token_is_refused_at_its_field(api: httpx.AsyncClient, token: object) -> None:
    answer = await api.post(CONFIRM, json={"token": token})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "token")
