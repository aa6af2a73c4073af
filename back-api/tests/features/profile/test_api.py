import asyncio
from collections.abc import Callable
from io import BytesIO

import httpx
import pytest
from PIL import Image
from tests.callers import ANN, BOB
from tests.conftest import Peers
from tests.features.profile import files

Headers = Callable[..., dict[str, str]]


def png() -> bytes:
    target = BytesIO()
    Image.new("RGB", (300, 200), "red").save(target, "PNG")
    return target.getvalue()


@pytest.fixture
async def ann(api: httpx.AsyncClient, as_user: Headers) -> dict[str, str]:
    """Ann's headers; she has a profile."""
    created = await api.post("/api/profile", json={"name": "Ann"}, headers=as_user())
    assert created.status_code == 201
    return as_user()


async def test_creating_answers_201_with_location_and_etag(api: httpx.AsyncClient, as_user: Headers) -> None:
    created = await api.post("/api/profile", json={"name": "  Ann  ", "locale": "de-CH"}, headers=as_user())
    assert (created.status_code, created.headers["location"], created.headers["etag"]) == (201, "/api/profile", '"1"')
    profile = created.json()
    assert (profile["name"], profile["locale"], profile["user_id"]) == ("Ann", "de-CH", ANN)
    read = await api.get(created.headers["location"], headers=as_user())
    assert (read.status_code, read.json()) == (200, profile)


async def test_a_second_profile_is_a_conflict(api: httpx.AsyncClient, ann: dict[str, str]) -> None:
    again = await api.post("/api/profile", json={"name": "Ann"}, headers=ann)
    assert (again.status_code, again.json()["type"]) == (409, "urn:tools-dashboard:problem:conflict")


async def test_without_a_profile_there_is_none_to_read_change_or_delete(
    api: httpx.AsyncClient, as_user: Headers
) -> None:
    for method, body in (("GET", None), ("PATCH", {"name": "X"}), ("DELETE", None)):
        answer = await api.request(method, "/api/profile", json=body, headers=as_user())
        assert answer.status_code == 404, method


async def test_who_holds_the_current_version_gets_304(api: httpx.AsyncClient, ann: dict[str, str]) -> None:
    for tag in ('"1"', 'W/"1"', '"0", "1"', "*"):
        answer = await api.get("/api/profile", headers={**ann, "If-None-Match": tag})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", '"1"'), tag
    assert (await api.get("/api/profile", headers={**ann, "If-None-Match": '"2"'})).status_code == 200


async def test_the_second_of_two_saves_gets_412_with_what_is_stored(
    api: httpx.AsyncClient, ann: dict[str, str]
) -> None:
    seen = {**ann, "If-Match": '"1"'}
    first = await api.patch("/api/profile", json={"name": "First"}, headers=seen)
    second = await api.patch("/api/profile", json={"name": "Second"}, headers=seen)
    assert (first.status_code, first.headers["etag"]) == (200, '"2"')
    assert (second.status_code, second.json()["current"]["name"]) == (412, "First")
    assert (await api.delete("/api/profile", headers=seen)).status_code == 412


@pytest.mark.parametrize("tag", ['"nonsense"', "nonsense", '"99999999999999999999"', '"-1"', '"²"', ""])
async def test_a_tag_that_is_none_of_ours_is_stale(api: httpx.AsyncClient, ann: dict[str, str], tag: str) -> None:
    headers = {**ann, "If-Match": tag.encode("latin-1")}
    answer = await api.patch("/api/profile", json={"name": "X"}, headers=headers)  # pyright: ignore[reportArgumentType]
    assert (answer.status_code, answer.json()["current"]["name"]) == (412, "Ann")


@pytest.mark.parametrize("tag", [None, "*", '"1"', 'W/"1"', '"7", "1"'])
async def test_a_tag_that_fits_or_none_changes_the_latest(
    api: httpx.AsyncClient, ann: dict[str, str], tag: str | None
) -> None:
    headers = {**ann, "If-Match": tag} if tag else ann
    answer = await api.patch("/api/profile", json={"bio": "Hello", "display_name": None}, headers=headers)
    assert (answer.status_code, answer.json()["bio"], answer.json()["version"]) == (200, "Hello", 2)


async def test_deleting_answers_204_and_frees_the_place(api: httpx.AsyncClient, ann: dict[str, str]) -> None:
    deleted = await api.delete("/api/profile", headers={**ann, "If-Match": '"1"'})
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert (await api.post("/api/profile", json={"name": "Ann"}, headers=ann)).status_code == 201


async def test_everybody_sees_their_own_profile_only(
    api: httpx.AsyncClient, ann: dict[str, str], as_user: Headers
) -> None:
    bob = as_user(BOB)
    assert (await api.get("/api/profile", headers=bob)).status_code == 404
    await api.post("/api/profile", json={"name": "Bob"}, headers=bob)
    await api.patch("/api/profile", json={"name": "Bobby"}, headers=bob)
    assert (await api.get("/api/profile", headers=ann)).json()["name"] == "Ann"


async def test_a_picture_is_kept_as_public_immutable_webp(api: httpx.AsyncClient, ann: dict[str, str]) -> None:
    changed = await api.put("/api/profile/avatar", content=png(), headers={**ann, "Content-Type": "image/png"})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    shown = await api.get(changed.json()["avatar_url"])
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert "immutable" in shown.headers["cache-control"]
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert Image.open(BytesIO(shown.content)).size == (256, 256)
    cached = {"If-None-Match": shown.headers["etag"]}
    assert (await api.get(changed.json()["avatar_url"], headers=cached)).status_code == 304
    removed = await api.delete("/api/profile/avatar", headers={**ann, "If-Match": '"2"'})
    assert (removed.status_code, removed.json()["avatar_url"]) == (200, None)


@pytest.mark.parametrize(
    ("content_type", "content", "status"),
    [
        ("image/png", b"", 422),
        ("image/png", b"<svg/>", 422),
        ("image/jpeg", png()[:99], 422),
        ("image/svg+xml", b"<svg/>", 415),
        ("application/json", b"{}", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("", png(), 415),
        ("image/png", bytes(2 * 1024 * 1024), 422),
        ("image/png", bytes(2 * 1024 * 1024 + 1), 413),
        ("image/png", bytes(5 * 1024 * 1024), 413),
    ],
)
async def test_what_is_no_small_picture_is_refused(
    api: httpx.AsyncClient, ann: dict[str, str], content_type: str, content: bytes, status: int
) -> None:
    answer = await api.put("/api/profile/avatar", content=content, headers={**ann, "Content-Type": content_type})
    assert answer.status_code == status
    assert (await api.get("/api/profile", headers=ann)).json()["avatar_url"] is None


async def test_a_picture_for_an_older_version_is_stale(api: httpx.AsyncClient, ann: dict[str, str]) -> None:
    headers = {**ann, "Content-Type": "image/png", "If-Match": '"9"'}
    assert (await api.put("/api/profile/avatar", content=png(), headers=headers)).status_code == 412


async def test_a_stranger_s_upload_is_not_even_read(api: httpx.AsyncClient, peers: Peers) -> None:
    answer = await api.put("/api/profile/avatar", content=png(), headers={"Content-Type": "text/plain"})
    assert (answer.status_code, peers.postgres.calls) == (401, [])


async def test_reading_is_one_call_to_back_postgres(api: httpx.AsyncClient, ann: dict[str, str], peers: Peers) -> None:
    peers.postgres.calls.clear()
    await api.get("/api/profile", headers=ann)
    assert peers.postgres.calls == [f"GET /internal/profiles/{ANN}"]
    assert peers.auth.calls == ["GET /.well-known/jwks.json"]


async def test_a_bomb_is_refused_with_the_fields_message_and_others_are_served(
    api: httpx.AsyncClient, ann: dict[str, str], as_user: Headers
) -> None:
    headers = {**ann, "Content-Type": "image/png"}
    bomb = files.png(1, 24_000_000)
    refused, other = await asyncio.gather(
        api.put("/api/profile/avatar", headers=headers, content=bomb), api.get("/api/profile", headers=as_user(BOB))
    )
    assert (refused.status_code, refused.json()["errors"][0]["message"][:23]) == (422, "Picture must be at most")
    assert other.status_code == 404
