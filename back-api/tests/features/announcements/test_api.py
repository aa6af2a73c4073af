from collections.abc import Callable
from typing import Any

import httpx
import pytest
from tests.callers import ANN
from tests.conftest import Peers

Headers = Callable[..., dict[str, str]]
PATH = "/api/announcements"
TEXT: dict[str, Any] = {
    "title": "New plans",
    "body": "For teams.",
    "link": "/app/billing",
    "audience": {"roles": ["user"]},
}


@pytest.fixture
def boss(as_user: Headers) -> dict[str, str]:
    return as_user(ANN, "admin") | {"Idempotency-Key": "key-1"}


async def test_an_announcement_is_made_once_a_key_and_handed_to_the_workers(
    api: httpx.AsyncClient, peers: Peers, boss: dict[str, str]
) -> None:
    made = await api.post(PATH, json=TEXT, headers=boss)
    again = await api.post(PATH, json=TEXT, headers=boss)
    assert (made.status_code, made.headers["location"]) == (202, f"{PATH}/{made.json()['id']}")
    assert again.json() == made.json()
    assert (made.json()["state"], made.json()["recipients"], made.json()["delivered"]) == ("pending", 3, 0)
    assert peers.queue.sent[0] == ("announcements.deliver", made.json()["id"])
    assert (await api.post(PATH, json=TEXT | {"title": "Other"}, headers=boss)).status_code == 409
    assert (await api.get(made.headers["location"], headers=boss)).json() == made.json()
    assert (await api.get(PATH, headers=boss)).json()["items"] == [made.json()]


async def test_without_the_queue_it_stays_pending(api: httpx.AsyncClient, peers: Peers, boss: dict[str, str]) -> None:
    peers.queue.down = True
    assert (await api.post(PATH, json=TEXT, headers=boss)).json()["state"] == "pending"


async def test_a_key_is_required(api: httpx.AsyncClient, boss: dict[str, str]) -> None:
    for key in (None, "", " ", "x" * 201):
        headers = {name: value for name, value in boss.items() if name != "Idempotency-Key"}
        refused = await api.post(PATH, json=TEXT, headers=headers | ({} if key is None else {"Idempotency-Key": key}))
        assert refused.status_code == 422
        assert [error["field"] for error in refused.json()["errors"]] == ["Idempotency-Key"]


@pytest.mark.parametrize(
    "link", ["https://evil.example", "//evil.example", "/\\evil.example", "app", "/a b", "javascript:0"]
)
async def test_a_link_leads_nowhere_else(api: httpx.AsyncClient, boss: dict[str, str], link: str) -> None:
    refused = await api.post(PATH, json=TEXT | {"link": link}, headers=boss)
    assert [error["field"] for error in refused.json()["errors"]] == ["link"]


async def test_an_audience_is_counted(api: httpx.AsyncClient, boss: dict[str, str]) -> None:
    for audience, expected in (({}, 3), ({"verified": True, "plans": ["pro"]}, 1)):
        answer = await api.post(f"{PATH}/audience", json={"audience": audience}, headers=boss)
        assert answer.json() == {"recipients": expected}
    wrong: list[dict[str, Any]] = [{"roles": []}, {"roles": ["king"]}, {"city": "Bern"}]
    for audience in wrong:
        assert (await api.post(f"{PATH}/audience", json={"audience": audience}, headers=boss)).status_code == 422


async def test_others_may_not(api: httpx.AsyncClient, as_user: Headers) -> None:
    for role in ("user", "support", "billing-admin"):
        headers = as_user(ANN, role) | {"Idempotency-Key": "key-1"}
        assert (await api.post(PATH, json=TEXT, headers=headers)).status_code == 403
        assert (await api.get(PATH, headers=headers)).status_code == 403
