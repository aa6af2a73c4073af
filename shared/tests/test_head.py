"""HEAD is GET without the body; answers say whether they may be cached, and 405 which methods there are."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse

from shared.contracts.path_table import PathTable
from shared.tests.app import calling, make_app


@pytest.fixture
def app() -> FastAPI:
    app = make_app()

    @app.get("/text")
    async def text() -> str:  # pyright: ignore[reportUnusedFunction]
        return "some text"

    @app.post("/text")
    async def change() -> None: ...  # pyright: ignore[reportUnusedFunction]

    @app.get("/tagged")
    async def tagged(answer: Response) -> str:  # pyright: ignore[reportUnusedFunction]
        answer.headers["ETag"] = '"1"'
        return "some text"

    @app.get("/public")
    async def public(answer: Response) -> str:  # pyright: ignore[reportUnusedFunction]
        answer.headers["Cache-Control"] = "public, max-age=60"
        return "some text"

    @app.get("/endless")
    async def endless() -> StreamingResponse:  # pyright: ignore[reportUnusedFunction]
        async def parts() -> AsyncGenerator[bytes]:
            while True:
                yield b"x"
                await asyncio.sleep(0)  # noqa: TID251 - gives the reader its turn

        return StreamingResponse(parts())

    return app


@pytest.mark.parametrize("path", ["/text", "/tagged", "/public", "/health", "/metrics", "/nothing"])
async def test_head_has_the_headers_of_get_and_no_body(app: FastAPI, path: str):
    async with calling(app) as client:
        whole = await client.get(path)
        head = await client.head(path)

    assert head.status_code == whole.status_code
    assert head.content == b""
    changing = {"x-correlation-id", "content-length"} if path in ("/metrics", "/nothing") else {"x-correlation-id"}
    assert {n: v for n, v in head.headers.items() if n not in changing} == {
        n: v for n, v in whole.headers.items() if n not in changing
    }


async def test_head_of_a_stream_ends(app: FastAPI):
    async with calling(app) as client, asyncio.timeout(5):
        head = await client.head("/endless")

    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/text", "no-store"),
        ("/nothing", "no-store"),
        ("/health", "no-store"),
        ("/tagged", "private, no-cache"),
        ("/public", "public, max-age=60"),
    ],
)
async def test_each_answer_says_whether_it_may_be_kept(app: FastAPI, path: str, kept: str):
    async with calling(app) as client:
        answer = await client.get(path)

    assert answer.headers.get_list("cache-control") == [kept]


async def test_a_refused_method_gets_the_allowed_ones():
    app = make_app("back-websockets")

    @app.post("/ws/tickets")
    async def ticket() -> None: ...  # pyright: ignore[reportUnusedFunction]

    async with calling(app) as client:
        declared = await client.put("/ws/tickets")
        other = await client.put("/health")

    assert (declared.status_code, declared.headers["allow"]) == (405, "POST")
    assert (other.status_code, other.headers["allow"]) == (405, "GET, HEAD")


def test_all_methods_of_a_path_are_known():
    table = PathTable([("GET", "/x/{id}", 1), ("PATCH", "/x/{id}", 2), ("DELETE", "/x/a", 3), ("POST", "/y", 4)])

    assert (table.methods("/x/1"), table.methods("/x/a"), table.methods("/z")) == (
        ["GET", "PATCH"],
        ["DELETE", "GET", "PATCH"],
        [],
    )
