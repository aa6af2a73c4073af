"""Whether a provider, as it runs, gives a consumer what its pact says: each interaction is sent, after its provider states were made."""

import asyncio
import os
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from pact import Verifier

from shared.security.constants import SERVICE_TOKEN_HEADER
from tests.pacts.states import Providers, Values, state_named
from tests.served import served

os.environ["PACT_DO_NOT_TRACK"] = "true"


async def verify(pact: Path, providers: Providers, *, url: str = "", only: str = "") -> list[str]:
    """What the provider does otherwise, a line each: consumer, provider, interaction, field. `url` is another address of the
    provider, `only` one interaction's description."""
    consumer, provider = parties(pact)
    async with _states(providers) as handler:
        verifier = Verifier(provider, "127.0.0.1").add_transport(url=url or providers.urls[provider]).add_source(pact)
        verifier.state_handler(handler, body=True).set_coloured_output(enabled=False).set_error_on_empty_pact()
        if consumer.startswith("back-"):
            verifier.add_custom_header(SERVICE_TOKEN_HEADER, providers.signing.token(consumer, provider))
        if only:
            verifier.filter(only)
        return await asyncio.to_thread(_failures, verifier)


def parties(pact: Path) -> tuple[str, str]:
    """Consumer and provider of a file `front-public-back-api.json`."""
    kind, name, *provider = pact.stem.split("-")
    return f"{kind}-{name}", "-".join(provider)


def _failures(verifier: Verifier) -> list[str]:
    try:
        verifier.verify()
    except RuntimeError:
        return [line for one in verifier.results["interactionResults"] for line in _mismatches(one)] or [
            verifier.output()
        ]
    return []


def _mismatches(result: dict[str, Any]) -> Iterator[str]:
    if result["result"] == "OK":
        return
    known = f'{result["consumer"]} needs of {result["provider"]}, in "{result["description"]}"'
    mismatch: dict[str, Any] = result["mismatch"]
    found: list[dict[str, Any]] = mismatch.get("mismatches") or [{"mismatch": str(mismatch)}]
    for one in found:
        yield f"{known}: {one.get('path', '')} {one.get('mismatch', one)}"


@asynccontextmanager
async def _states(providers: Providers) -> AsyncGenerator[str]:
    """The address where the verifier announces states and gets the values for the pact's braces."""

    async def prepare(request: web.Request) -> web.Response:
        name = (await request.json())["state"]
        values: Values = await state_named(name)(providers) if name else {}
        return web.json_response(values)

    app = web.Application()
    app.router.add_post("/states", prepare)
    async with served(app) as url:
        yield f"{url}/states"
