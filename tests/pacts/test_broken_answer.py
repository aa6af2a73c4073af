"""A provider that leaves out what a consumer reads is found, with the names of consumer, interaction and field."""

import pytest
from aiohttp import ClientSession, web

from tests.pacts.states import Providers
from tests.pacts.verification import verify
from tests.served import served
from tooling.pacts import COMMITTED


def without(field: str, provider: str) -> web.Application:
    """The provider at that address, whose JSON answers have lost `field`."""

    async def forward(request: web.Request) -> web.Response:
        headers = {name: value for name, value in request.headers.items() if name.lower() != "host"}
        async with (
            ClientSession() as session,
            session.request(
                request.method, provider + request.path_qs, headers=headers, data=await request.read()
            ) as real,
        ):
            answer = await real.json()
            answer.pop(field, None)
            return web.json_response(answer, status=real.status, content_type=real.content_type)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", forward)
    return app


@pytest.mark.parametrize(
    ("pact", "interaction", "field"),
    [
        ("back-api-back-postgres", "reading a profile", "version"),
        ("front-public-back-api", "the own subscription", "seats"),
        ("front-public-back-api", "creating a second profile", "detail"),
    ],
)
async def test_a_field_that_is_left_out_is_missed(
    pact: str, interaction: str, field: str, providers: Providers
) -> None:
    path = COMMITTED / f"{pact}.json"
    provider = pact.removeprefix("front-public-").removeprefix("back-api-back-postgres") or "back-postgres"
    async with served(without(field, providers.urls[provider])) as url:
        missed = await verify(path, providers, url=url, only=interaction)
    assert len(missed) == 1
    assert all(part in missed[0] for part in (f'in "{interaction}"', f"missing the following keys: {field}"))
    assert await verify(path, providers, only=interaction) == []
