"""Feature flags: versions follow each other, one of two writers is first, and the newest one holds."""

import asyncio
from typing import Any

import httpx
import pytest

from shared.utils.ids import new_id

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
PATH = "/internal/feature-flags"
RULES = [{"attribute": "plan", "values": ["pro"]}]
Json = dict[str, Any]


@pytest.fixture
def name() -> str:
    """A flag that no other test knows."""
    return f"flag-{new_id()}"


def version(**changes: Any) -> Json:
    return {
        "id": new_id(),
        "enabled": True,
        "percentage": 10,
        "rules": RULES,
        "owner": "team-tools",
        "expires_on": "2027-05-31",
        "reason": "A tenth first.",
        "changed_by": new_id(),
        "changed_at": "2026-11-30T08:00:00Z",
    } | changes


async def put(client: httpx.AsyncClient, name: str, number: int, new: Json) -> httpx.Response:
    return await client.put(f"{PATH}/{name}/versions/{number}", json=new)


async def newest(client: httpx.AsyncClient, name: str) -> Json:
    found = (await client.get(PATH)).json()["items"]
    (flag,) = [flag for flag in found if flag["name"] == name]
    return flag


async def test_the_newest_version_holds_and_the_others_are_history(client: httpx.AsyncClient, name: str) -> None:
    first = version()
    answer = await put(client, name, 1, first)
    assert answer.status_code == 200
    stored = {key: value for key, value in first.items() if key != "id"} | {"name": name, "version": 1}
    assert answer.json() == stored
    await put(client, name, 2, version(enabled=False, reason="Mails went out twice."))
    assert (await newest(client, name))["version"] == 2
    page = (await client.get(f"{PATH}/{name}/versions", params={"limit": 1})).json()
    assert [(flag["version"], flag["reason"]) for flag in page["items"]] == [(2, "Mails went out twice.")]
    rest = await client.get(f"{PATH}/{name}/versions", params={"limit": 1, "cursor": page["next_cursor"]})
    assert rest.json() == {"items": [stored], "next_cursor": None}


async def test_the_same_change_twice_is_one_version(client: httpx.AsyncClient, name: str) -> None:
    change = version()
    assert (await put(client, name, 1, change)).json() == (await put(client, name, 1, change)).json()
    assert len((await client.get(f"{PATH}/{name}/versions")).json()["items"]) == 1


@pytest.mark.parametrize("number", [1, 3, 2**31 - 1])
async def test_a_version_that_does_not_follow_is_stale(client: httpx.AsyncClient, name: str, number: int) -> None:
    await put(client, name, 1, version(reason="The first."))
    refused = await put(client, name, number, version())
    assert refused.status_code == 412
    assert (refused.json()["current"]["version"], refused.json()["current"]["reason"]) == (1, "The first.")


async def test_of_writers_at_once_one_is_first(client: httpx.AsyncClient, name: str) -> None:
    answers = await asyncio.gather(*(put(client, name, 1, version(percentage=n)) for n in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7
    (winner,) = [answer.json() for answer in answers if answer.status_code == 200]
    assert await newest(client, name) == winner


async def test_a_flag_that_was_never_changed_has_no_history(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"{PATH}/{name}/versions")).json() == {"items": [], "next_cursor": None}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"percentage": 101}, "percentage"),
        ({"percentage": True}, "percentage"),
        ({"rules": [{"attribute": "city", "values": ["Bern"]}]}, "rules.0.attribute"),
        ({"rules": [{"attribute": "plan", "values": list[str]()}]}, "rules.0.values"),
        ({"reason": ""}, "reason"),
        ({"expires_on": "soon"}, "expires_on"),
        ({"id": "7c1e0b0e-6f0a-4f6e-9c43-0f3f5d0f9a11"}, "id"),
    ],
)
async def test_a_wrong_field_is_refused(client: httpx.AsyncClient, name: str, change: Json, field: str) -> None:
    refused = await put(client, name, 1, version(**change))
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
    assert (await client.get(f"{PATH}/{name}/versions")).json()["items"] == []


@pytest.mark.parametrize(
    "path", ["x/versions/0", "x/versions/one", "X/versions/1", f"{'x' * 61}/versions/1", "x/versions/2147483648"]
)
async def test_a_wrong_address_is_refused(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.put(f"{PATH}/{path}", json=version())).status_code == 422


@pytest.mark.parametrize("cursor", ["nonsense", "WyIxMmEiXQ", "WyI5OTk5OTk5OTk5OSJd"])
async def test_a_foreign_cursor_is_refused(client: httpx.AsyncClient, name: str, cursor: str) -> None:
    assert (await client.get(f"{PATH}/{name}/versions", params={"cursor": cursor})).status_code == 422
