"""Profiles and their images."""

import asyncio

import pytest

from tests.client import Api

pytestmark = pytest.mark.integration


async def test_a_profile_is_created_once_a_user(api: Api) -> None:
    user_id = await api.user()
    answers = await asyncio.gather(*(api.post(f"/profiles/{user_id}", {"name": "Ada"}) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert [kind for kind, _ in await api.events()] == ["user.registered", "profile.created"]


async def test_a_profile_of_nobody_is_not_found(api: Api) -> None:
    nobody = (await api.user())[:-4] + "0000"
    assert (await api.post(f"/profiles/{nobody}", {"name": "Ada"})).status_code == 404
    assert (await api.get(f"/profiles/{nobody}")).status_code == 404


async def test_only_the_sent_fields_change_and_null_clears(api: Api) -> None:
    profile = await api.profile(display_name="A.", bio="Mathematician")
    changes = {"display_name": None, "theme": "dark"}
    changed = (await api.patch(f"/profiles/{profile['user_id']}", {"changes": changes, "version": 1})).json()
    assert (changed["display_name"], changed["bio"], changed["theme"]) == (None, "Mathematician", "dark")
    assert changed["version"] == 2
    kind, data = (await api.events())[-1]
    assert (kind, data) == ("profile.updated", {"profile": changed})


async def test_of_two_changes_at_once_the_second_gets_the_stored_profile(api: Api) -> None:
    user_id = (await api.profile())["user_id"]
    change = {"changes": {"bio": "mine"}, "version": 1}
    answers = await asyncio.gather(*(api.patch(f"/profiles/{user_id}", change) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    stale = next(answer.json() for answer in answers if answer.status_code == 412)
    assert (stale["current"]["version"], stale["current"]["bio"]) == (2, "mine")


@pytest.mark.parametrize(
    "changes", [{"name": None}, {"bio": None}, {"name": "x" * 81}, {"bio": "\x00"}, {"theme": "pink"}]
)
async def test_a_change_that_does_not_fit_is_refused(api: Api, changes: dict[str, object]) -> None:
    user_id = (await api.profile())["user_id"]
    assert (await api.patch(f"/profiles/{user_id}", {"changes": changes, "version": 1})).status_code == 422


@pytest.mark.parametrize("version", [10**12, -1, "one"])
async def test_a_version_beyond_the_column_is_refused(api: Api, version: object) -> None:
    user_id = (await api.profile())["user_id"]
    answer = await api.patch(f"/profiles/{user_id}", {"changes": {}, "version": version})
    assert answer.status_code in (412, 422)


async def test_delete_asks_for_the_version_when_it_is_given(api: Api) -> None:
    user_id = (await api.profile())["user_id"]
    assert (await api.delete(f"/profiles/{user_id}?version=2")).status_code == 412
    assert (await api.delete(f"/profiles/{user_id}?version=1")).status_code == 204
    assert (await api.delete(f"/profiles/{user_id}")).status_code == 404
    assert (await api.events())[-1][0] == "profile.deleted"
    assert (await api.post(f"/profiles/{user_id}", {"name": "Again"})).status_code == 201


async def test_an_image_gets_a_new_address_at_each_change(api: Api) -> None:
    user_id = (await api.profile())["user_id"]
    webp = {"content": b"RIFF....WEBP", "headers": {"content-type": "image/webp"}}
    first = (await api.call("PUT", f"/profiles/{user_id}/avatar?version=1", **webp)).json()
    image = await api.client.get(first["avatar_url"].replace("/api", "/internal"))
    assert (image.content, image.headers["content-type"]) == (b"RIFF....WEBP", "image/webp")
    assert "immutable" in image.headers["cache-control"]
    assert (await api.call("PUT", f"/profiles/{user_id}/avatar?version=1", **webp)).status_code == 412
    second = (await api.call("PUT", f"/profiles/{user_id}/avatar?version=2", **webp)).json()
    assert second["avatar_url"] != first["avatar_url"]
    assert (await api.client.get(first["avatar_url"].replace("/api", "/internal"))).status_code == 404
    gone = (await api.delete(f"/profiles/{user_id}/avatar?version=3")).json()
    assert (gone["avatar_url"], gone["version"]) == (None, 4)
    assert [kind for kind, _ in await api.events()][-3:] == ["profile.updated"] * 3


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [(b"", "image/webp", 422), (b"x", "text/html", 415), (b"x" * 524_289, "image/webp", 413)],
)
async def test_an_image_that_does_not_fit_is_refused(api: Api, content: bytes, kind: str, status: int) -> None:
    user_id = (await api.profile())["user_id"]
    answer = await api.call("PUT", f"/profiles/{user_id}/avatar", content=content, headers={"content-type": kind})
    assert answer.status_code == status


async def test_the_hot_path_is_counted_under_its_template(api: Api) -> None:
    profile = await api.profile()
    assert (await api.get(f"/profiles/{profile['user_id'].upper()}")).json() == profile
    metrics = (await api.client.get("/metrics")).text
    assert 'http_requests_total{method="GET",route="/internal/profiles/{user_id}",status="200"}' in metrics
