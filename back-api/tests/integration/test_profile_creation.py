"""Pattern 1 of the guide on real servers: back-api → back-postgres → PostgreSQL."""

import asyncio
from collections.abc import Awaitable, Callable
from io import BytesIO

import httpx
import pytest
from PIL import Image

from .conftest import Database

pytestmark = pytest.mark.integration
Register = Callable[[str], Awaitable[str]]
Headers = Callable[..., dict[str, str]]


@pytest.fixture
async def ann(register: Register, as_user: Headers) -> dict[str, str]:
    return as_user(await register("ann@example.com"))


async def test_create_profile_integration(
    test_client: httpx.AsyncClient, test_db: Database, ann: dict[str, str]
) -> None:
    response = await test_client.post("/api/profile", json={"name": "Test User"}, headers=ann)
    assert response.status_code == 201
    row = await test_db.fetchrow("SELECT * FROM profiles WHERE id = $1", response.json()["id"])
    assert (row["name"], row["version"]) == ("Test User", 1)
    event = await test_db.fetchrow("SELECT * FROM outbox WHERE type = 'profile.created'")
    assert event["correlation_id"] == response.headers["x-correlation-id"]


async def test_two_creations_at_once_make_one_profile(test_client: httpx.AsyncClient, ann: dict[str, str]) -> None:
    answers = await asyncio.gather(
        *(test_client.post("/api/profile", json={"name": f"Ann {n}"}, headers=ann) for n in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 5]


async def test_of_two_saves_at_once_the_second_sees_both_versions(
    test_client: httpx.AsyncClient, ann: dict[str, str]
) -> None:
    await test_client.post("/api/profile", json={"name": "Ann"}, headers=ann)
    seen = {**ann, "If-Match": '"1"'}
    answers = await asyncio.gather(
        *(test_client.patch("/api/profile", json={"name": name}, headers=seen) for name in ("One", "Two"))
    )
    saved, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert (saved.status_code, refused.status_code) == (200, 412)
    assert refused.json()["current"] == saved.json()


async def test_without_if_match_every_save_lands(test_client: httpx.AsyncClient, ann: dict[str, str]) -> None:
    await test_client.post("/api/profile", json={"name": "Ann", "display_name": "A"}, headers=ann)
    for change in ({"bio": "Hello"}, {"display_name": None}, {"theme": "dark"}, {}):
        assert (await test_client.patch("/api/profile", json=change, headers=ann)).status_code == 200
    profile = (await test_client.get("/api/profile", headers=ann)).json()
    assert (profile["bio"], profile["display_name"], profile["theme"], profile["version"]) == ("Hello", None, "dark", 4)


async def test_a_picture_comes_back_as_it_was_encoded(test_client: httpx.AsyncClient, ann: dict[str, str]) -> None:
    await test_client.post("/api/profile", json={"name": "Ann"}, headers=ann)
    picture = BytesIO()
    Image.new("RGB", (500, 300), "green").save(picture, "JPEG")
    headers = {**ann, "Content-Type": "image/jpeg"}
    changed = await test_client.put("/api/profile/avatar", content=picture.getvalue(), headers=headers)
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    shown = await test_client.get(changed.json()["avatar_url"])
    assert (shown.status_code, Image.open(BytesIO(shown.content)).size) == (200, (256, 256))
    removed = await test_client.delete("/api/profile/avatar", headers={**ann, "If-Match": '"2"'})
    assert (removed.status_code, removed.json()["avatar_url"]) == (200, None)


async def test_deleting_takes_the_profile_out_of_the_database(
    test_client: httpx.AsyncClient, test_db: Database, ann: dict[str, str]
) -> None:
    await test_client.post("/api/profile", json={"name": "Ann"}, headers=ann)
    stale = await test_client.delete("/api/profile", headers={**ann, "If-Match": '"2"'})
    assert (stale.status_code, stale.json()["current"]["name"]) == (412, "Ann")
    assert (await test_client.delete("/api/profile", headers={**ann, "If-Match": '"1"'})).status_code == 204
    assert await test_db.fetchrow("SELECT 1 FROM profiles") is None
    assert (await test_client.get("/api/profile", headers=ann)).status_code == 404
