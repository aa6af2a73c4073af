"""A direct route answers GET of its path alone; everything else stays with FastAPI's route of the same path."""

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from shared.chassis.direct_route import DirectRoute
from shared.tests.app import calling, make_app


async def directly(request: Request) -> Response:
    return PlainTextResponse(f"direct {request.path_params.get('name', '')} {request.scope['route'].path}")


async def by_fastapi(name: str = "") -> str:
    return f"fastapi {name}"


@pytest.fixture
def app() -> FastAPI:
    app = make_app()
    for path in ("/things", "/things/{name}"):
        app.add_api_route(path, by_fastapi, methods=["GET", "PUT"])
        app.router.routes.insert(0, DirectRoute(path, directly))
    return app


@pytest.mark.parametrize(
    ("path", "text"), [("/things", "direct  /things"), ("/things/one", "direct one /things/{name}")]
)
async def test_get_is_answered_directly_under_its_route(app: FastAPI, path: str, text: str):
    async with calling(app) as client:
        assert (await client.get(path)).text == text


async def test_head_is_get_without_the_body(app: FastAPI):
    async with calling(app) as client:
        answer = await client.head("/things")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_another_method_reaches_fastapi(app: FastAPI):
    async with calling(app) as client:
        assert (await client.put("/things/one")).json() == "fastapi one"


async def test_405_names_every_method_of_the_path(app: FastAPI):
    async with calling(app) as client:
        answer = await client.delete("/things")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) >= {"GET", "PUT"}


async def test_another_path_is_not_found(app: FastAPI):
    async with calling(app) as client:
        assert (await client.get("/things/one/two")).status_code == 404


def test_it_is_not_in_the_openapi_document_twice(app: FastAPI):
    assert sorted(app.openapi()["paths"]) == ["/things", "/things/{name}"]
