"""What a route makes of what an endpoint returns."""

from collections.abc import AsyncGenerator

import httpx
import pytest_asyncio
from fastapi import APIRouter, Response

from shared.chassis.responses import FeatureRoute, with_unavailable_message
from shared.models.base import Entity
from shared.tests.app import calling, make_app, own_logging
from shared.utils.errors import Unavailable


class Thing(Entity):
    name: str


class VersionedThing(Thing):
    version: int


router = APIRouter(route_class=FeatureRoute)


@router.get("/plain")
async def plain() -> Thing:
    return Thing(name="a")


@router.get("/versioned")
async def versioned() -> Thing:
    return VersionedThing(name="a", version=3)


@router.post("/made", status_code=201)
async def made(response: Response) -> Thing:
    response.headers["Location"] = "/plain"
    return Thing(name="b")


@router.delete("/gone", status_code=204)
async def gone() -> None: ...


@router.get("/own")
async def own() -> Response:
    return Response("x", media_type="text/plain")


away = APIRouter(route_class=with_unavailable_message("The thing is"))


@away.get("/away")
async def is_away() -> Thing:
    raise Unavailable(dependency="back-postgres", retry_after=7)


@pytest_asyncio.fixture
async def api() -> AsyncGenerator[httpx.AsyncClient]:
    with own_logging():
        app = make_app()
        app.router.routes.extend([*router.routes, *away.routes])
        async with calling(app) as client:
            yield client


async def test_a_returned_model_is_the_body(api: httpx.AsyncClient) -> None:
    answer = await api.get("/plain")
    assert (answer.status_code, answer.json(), answer.headers["content-type"]) == (
        200,
        {"name": "a"},
        "application/json",
    )
    assert "etag" not in answer.headers


async def test_a_version_is_the_entity_tag(api: httpx.AsyncClient) -> None:
    answer = await api.get("/versioned")
    assert (answer.headers["etag"], answer.headers["cache-control"]) == ('"3"', "private, no-cache")
    assert answer.json() == {"name": "a", "version": 3}


async def test_status_and_headers_of_the_endpoint_are_kept(api: httpx.AsyncClient) -> None:
    answer = await api.post("/made")
    assert (answer.status_code, answer.headers["location"], answer.json()) == (201, "/plain", {"name": "b"})


async def test_what_is_no_model_passes(api: httpx.AsyncClient) -> None:
    empty = await api.delete("/gone")
    own = await api.get("/own")
    assert (empty.status_code, empty.content) == (204, b"")
    assert (own.status_code, own.text) == (200, "x")


async def test_the_return_annotation_is_the_schema(api: httpx.AsyncClient) -> None:
    paths = (await api.get("/openapi.json")).json()["paths"]
    reference = paths["/made"]["post"]["responses"]["201"]["content"]["application/json"]["schema"]["$ref"]
    assert reference.endswith("/Thing")


async def test_a_503_names_what_is_missing(api: httpx.AsyncClient) -> None:
    answer = await api.get("/away")
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["dependency"]) == (
        503,
        "7",
        "back-postgres",
    )
    assert answer.json()["detail"] == "The thing is not available right now. Try again in a moment."
