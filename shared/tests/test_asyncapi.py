"""A service that sends or receives messages says so at `/asyncapi.json`."""

import json

import pytest
from fastapi import FastAPI

from shared.chassis import asyncapi
from shared.tests.app import calling, make_app

SERVICES = sorted(path.stem for path in asyncapi.FOLDER.glob("*.json"))


@pytest.mark.parametrize("service", SERVICES)
async def test_it_is_the_document_of_the_contracts(service: str):
    app = FastAPI()
    asyncapi.install(app, service)
    async with calling(app) as client:
        answer = await client.get("/asyncapi.json")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    written = json.loads((asyncapi.FOLDER / f"{service}.json").read_text(encoding="utf-8"))
    assert answer.json() == written | {"info": written["info"] | {"version": app.version}}
    assert answer.json()["info"]["title"] == service
    assert "/asyncapi.json" not in app.openapi()["paths"]


async def test_every_service_of_the_chassis_that_has_one_serves_it():
    async with calling(make_app("back-websockets")) as client:
        assert (await client.get("/asyncapi.json")).json()["asyncapi"] == "3.0.0"


async def test_who_neither_sends_nor_receives_has_none():
    async with calling(make_app("back-test")) as client:
        assert (await client.get("/asyncapi.json")).status_code == 404
