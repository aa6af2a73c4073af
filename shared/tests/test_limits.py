"""A body above the limit is refused with 413, whether its length is declared or not."""

from collections.abc import AsyncGenerator

import pytest
from fastapi import FastAPI, Request

from shared.contracts.manifest import DEFAULT_MAX_BODY as MAX_BODY
from shared.tests.app import calling, make_app


@pytest.fixture
def app() -> FastAPI:
    app = make_app()

    @app.post("/length")
    async def length(request: Request) -> int:  # pyright: ignore[reportUnusedFunction]
        return len(await request.body())

    return app


async def _chunks(size: int) -> AsyncGenerator[bytes]:
    while size > 0:
        yield b"x" * min(size, 65_536)
        size -= 65_536


async def test_a_body_at_the_limit_passes(app: FastAPI):
    async with calling(app) as client:
        answer = await client.post("/length", content=b"x" * MAX_BODY)

    assert (answer.status_code, answer.json()) == (200, MAX_BODY)


async def test_a_declared_length_above_the_limit_is_refused(app: FastAPI):
    async with calling(app) as client:
        answer = await client.post("/length", content=b"x" * (MAX_BODY + 1))

    assert answer.status_code == 413
    assert answer.json()["detail"] == "Send a body of at most 65,536 bytes."
    assert answer.json()["correlation_id"] == answer.headers["x-correlation-id"]


async def test_a_chunked_body_is_counted_as_it_comes(app: FastAPI):
    async with calling(app) as client:
        answer = await client.post("/length", content=_chunks(MAX_BODY + 1))
        fine = await client.post("/length", content=_chunks(MAX_BODY))

    assert answer.status_code == 413
    assert fine.json() == MAX_BODY
