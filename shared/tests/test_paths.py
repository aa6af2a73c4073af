"""An encoded slash is part of a name: a service never reads it as the end of a segment."""

import pytest

from shared.tests.app import calling, make_app


async def shown(name: str) -> str:
    return name


@pytest.mark.parametrize("path", ["/things/one", "/health"])
async def test_the_path_itself_is_found(path: str):
    app = make_app()
    app.add_api_route("/things/{name}", shown)
    async with calling(app) as client:
        assert (await client.get(path)).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/things%2Fone",
        "/%2fthings/one",
        "/%2Fhealth",
        "/x/..%2fhealth",
        "/things/one%2Ftwo",
        "/internal%2fhealth",
        "/%2F",
    ],
)
async def test_an_encoded_slash_is_not_found(path: str):
    app = make_app()
    app.add_api_route("/things/{name:path}", shown)
    async with calling(app) as client:
        answer = await client.get(path)
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:tools-dashboard:problem:not-found")


@pytest.mark.parametrize("name", ["a%40b", "a%3Db", "a%2Bb", "100%25"])
async def test_other_encoded_characters_are_read(name: str):
    app = make_app()
    app.add_api_route("/things/{name}", shown)
    async with calling(app) as client:
        assert (await client.get(f"/things/{name}")).status_code == 200
